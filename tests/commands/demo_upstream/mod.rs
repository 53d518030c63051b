//! `larder demo-upstream`: a made-up mail-campaign service, asked over loopback.

mod counts;
mod endpoints;
mod faults;
mod peer;
