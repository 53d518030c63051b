//! A document as a file.

mod csv;
mod pdf;
mod say;
mod xlsx;

pub use csv::csv;
pub use pdf::{Printed, pdf};
pub use xlsx::workbook;
