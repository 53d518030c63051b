//! Which addresses a call may go to. Names are looked up here and nowhere else, and the connection goes
//! to what was found and checked, so that a name cannot lead inside between two looks.

use std::fmt;
use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;

use parking_lot::RwLock;
use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::NextTimeout;

/// The gate of one sort of outbound calls.
#[derive(Clone, Debug)]
pub struct Gate {
    /// What the operator sets to let calls inside.
    setting: &'static str,
    /// Addresses inside are fine: the operator said so.
    allow_private: bool,
    /// Further ones that are, by address and port: the demo's own service.
    also: Arc<RwLock<Vec<SocketAddr>>>,
    names: Arc<DefaultResolver>,
}

/// Why no call goes to an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Barred {
    /// It leads inside; the setting would allow it.
    Inside(&'static str),
    /// Out into the internet, readable for everybody on the way.
    Plain,
}

impl fmt::Display for Barred {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Inside(setting) => write!(
                f,
                "The address leads into a private network, where no calls go. Whoever runs the server can allow it with {setting}."
            ),
            Self::Plain => f.write_str(
                "What is sent would cross the internet readable. Give an address that begins with https://.",
            ),
        }
    }
}

impl std::error::Error for Barred {}

impl Gate {
    /// A gate that is opened to the inside where `allow_private` is set, which is the value of `setting`.
    pub fn new(setting: &'static str, allow_private: bool) -> Self {
        Self { setting, allow_private, also: Arc::default(), names: Arc::default() }
    }

    /// Lets calls to this address pass, wherever it is.
    pub fn allow(&self, address: SocketAddr) {
        self.also.write().push(address);
    }

    /// May there be calls to this address, and without TLS?
    pub fn check(&self, address: SocketAddr, plain: bool) -> Result<(), Barred> {
        match is_public(address.ip()) {
            true if plain => Err(Barred::Plain),
            true => Ok(()),
            false if self.allow_private || self.also.read().contains(&address) => Ok(()),
            false => Err(Barred::Inside(self.setting)),
        }
    }
}

impl Resolver for Gate {
    fn resolve(&self, uri: &Uri, config: &Config, timeout: NextTimeout) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let found = self.names.resolve(uri, config, timeout)?;
        let plain = uri.scheme_str() != Some("https");
        // One that is barred makes all of them suspect.
        let checked = found.iter().try_for_each(|address| self.check(*address, plain));
        checked.map_err(|barred| ureq::Error::Io(io::Error::new(io::ErrorKind::PermissionDenied, barred)))?;
        Ok(found)
    }
}

/// An address of the public internet: not this machine, a private or carrier's network, a reserved,
/// shared or multicast range, nor one of these in another's clothes.
pub fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(v4) => is_public_v4(v4),
        IpAddr::V6(v6) => is_public_v6(v6),
    }
}

fn is_public_v4(v4: Ipv4Addr) -> bool {
    let [a, b, c, _] = v4.octets();
    !(a == 0
        || a == 10
        || a == 127
        || (a == 100 && (64..128).contains(&b))
        || (a == 169 && b == 254)
        || (a == 172 && (16..32).contains(&b))
        || (a == 192 && b == 168)
        || (a == 192 && b == 0 && (c == 0 || c == 2))
        || (a == 192 && b == 88 && c == 99)
        || (a == 198 && (b == 18 || b == 19))
        || (a == 198 && b == 51 && c == 100)
        || (a == 203 && b == 0 && c == 113)
        || a >= 224)
}

fn is_public_v6(v6: Ipv6Addr) -> bool {
    let parts = v6.segments();
    let v4_in = |high: u16, low: u16| {
        let [a, b] = high.to_be_bytes();
        let [c, d] = low.to_be_bytes();
        Ipv4Addr::new(a, b, c, d)
    };
    match parts {
        // ::ffff:a.b.c.d, and what a translator makes of an IPv4 address.
        [0, 0, 0, 0, 0, 0xffff, high, low] | [0x64, 0xff9b, 0, 0, 0, 0, high, low] => is_public_v4(v4_in(high, low)),
        // 6to4 carries one too.
        [0x2002, high, low, ..] => is_public_v4(v4_in(high, low)),
        // Teredo, benchmarking, ORCHID and the rest of the protocol block; documentation.
        [0x2001, second, ..] if second < 0x200 || second == 0xdb8 => false,
        // The rest of the global unicast block is public and nothing else is.
        [first, ..] => first & 0xe000 == 0x2000,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_inside_is_refused_in_whatever_clothes() {
        for inside in [
            "127.0.0.1",
            "127.8.8.8",
            "0.0.0.0",
            "10.1.2.3",
            "100.64.0.1",
            "100.127.255.255",
            "169.254.169.254",
            "172.16.0.1",
            "172.31.255.255",
            "192.168.1.1",
            "192.0.2.7",
            "198.18.0.1",
            "198.51.100.1",
            "203.0.113.9",
            "224.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::127.0.0.1",
            "::ffff:10.0.0.1",
            "::ffff:169.254.169.254",
            "64:ff9b::7f00:1",
            "2002:7f00:1::",
            "2002:a9fe:a9fe::1",
            "2001:0:102:304::",
            "2001:db8::1",
            "fc00::1",
            "fd12::1",
            "fe80::1",
            "fec0::1",
            "ff02::1",
        ] {
            assert!(!is_public(inside.parse().expect("an address")), "{inside}");
        }
    }

    #[test]
    fn what_is_outside_passes() {
        for outside in [
            "8.8.8.8",
            "100.63.255.255",
            "100.128.0.1",
            "172.15.0.1",
            "172.32.0.1",
            "192.169.0.1",
            "2606:4700::1111",
            "2a00:1450:4001::1",
            "::ffff:8.8.8.8",
            "64:ff9b::808:808",
            "2002:808:808::1",
        ] {
            assert!(is_public(outside.parse().expect("an address")), "{outside}");
        }
    }

    #[test]
    fn one_address_may_be_allowed_and_its_neighbours_not() {
        let gate = Gate::new("upstream.allow_private", false);
        let address = |text: &str| text.parse::<SocketAddr>().expect("an address");
        let demo = address("127.0.0.1:4999");
        assert_eq!(gate.check(demo, true), Err(Barred::Inside("upstream.allow_private")));
        gate.allow(demo);
        assert_eq!(gate.check(demo, true), Ok(()));
        assert_eq!(gate.check(address("127.0.0.1:5000"), true), Err(Barred::Inside("upstream.allow_private")));
        assert_eq!(Gate::new("upstream.allow_private", true).check(address("10.0.0.1:80"), true), Ok(()));
    }

    #[test]
    fn nothing_goes_out_readable() {
        for allow_private in [false, true] {
            let gate = Gate::new("upstream.allow_private", allow_private);
            let address: SocketAddr = "8.8.8.8:80".parse().expect("an address");
            assert_eq!(gate.check(address, true), Err(Barred::Plain));
            assert_eq!(gate.check(address, false), Ok(()));
        }
    }
}
