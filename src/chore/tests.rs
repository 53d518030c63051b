//! The queue and its threads over a real database.
