//! Addresses and networks, as in `10.0.0.0/8, ::1`.

use std::net::IpAddr;

/// One network: an address and how many leading bits of it count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Network {
    bits: u128,
    length: u32,
}

impl Network {
    fn parse(text: &str) -> Option<Self> {
        let (address, length) = match text.split_once('/') {
            Some((address, length)) => (address, Some(length.parse::<u32>().ok()?)),
            None => (text, None),
        };
        let address: IpAddr = address.parse().ok()?;
        // IPv4 networks are kept as their place among the IPv6 addresses: one comparison for both.
        let (offset, most) = if address.is_ipv4() { (96, 32) } else { (0, 128) };
        let length = length.unwrap_or(most);
        (length <= most).then(|| Self { bits: as_bits(address), length: offset + length })
    }

    fn contains(self, address: u128) -> bool {
        self.length == 0 || (self.bits ^ address) >> (128 - self.length) == 0
    }
}

/// A list of networks.
#[derive(Clone, Debug, Default)]
pub struct Networks(Vec<Network>);

impl Networks {
    /// Reads a list with commas between; empty is the empty list.
    pub fn parse(text: &str) -> Option<Self> {
        text.split(',').map(str::trim).filter(|t| !t.is_empty()).map(Network::parse).collect::<Option<_>>().map(Self)
    }

    pub fn contains(&self, address: IpAddr) -> bool {
        !self.0.is_empty() && {
            let bits = as_bits(address);
            self.0.iter().any(|n| n.contains(bits))
        }
    }
}

fn as_bits(address: IpAddr) -> u128 {
    match address {
        IpAddr::V4(v4) => v4.to_ipv6_mapped().to_bits(),
        IpAddr::V6(v6) => v6.to_bits(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_network_holds_its_addresses_and_no_other() {
        let list = Networks::parse("10.0.0.0/8, 192.168.1.7, fd00::/8").expect("a list");
        for (address, held) in [
            ("10.255.0.1", true),
            ("11.0.0.1", false),
            ("192.168.1.7", true),
            ("192.168.1.8", false),
            ("::ffff:10.1.2.3", true),
            ("fd12::1", true),
            ("fe80::1", false),
        ] {
            assert_eq!(list.contains(address.parse().expect("an address")), held, "{address}");
        }
        assert!(Networks::parse("10.0.0.0/33").is_none());
        assert!(Networks::parse("proxy.example").is_none());
        assert!(!Networks::default().contains("127.0.0.1".parse().expect("an address")));
    }
}
