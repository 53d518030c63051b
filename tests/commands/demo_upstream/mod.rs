//! `larder demo-upstream`: a made-up mail-campaign service, asked over loopback.

mod endpoints;
mod peer;
