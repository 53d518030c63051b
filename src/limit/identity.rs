//! Whose budget a request draws on, and the short key under which that identity is remembered.

use std::net::IpAddr;

use sha2::Digest as _;

use crate::kernel::Id;

/// Who is counted.
///
/// Whoever is signed in is counted as a person, wherever they sit: people behind one office address
/// do not use up each other's budgets. Everybody else is their network address and nothing more.
/// That alone cannot be chosen freely: a fingerprint with any header, cookie or user agent in it
/// would hand a fresh budget to whoever changes one. A token that opens nothing is no exception.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Identity {
    /// A user of a tenant, on however many devices: the tier that sizes the budget is the tenant's to say.
    Person(Id),
    Address(IpAddr),
}

/// An identity in 17 bytes: what sort it is, and its bytes or their digest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Key([u8; Key::LENGTH]);

impl Identity {
    pub fn is_person(&self) -> bool {
        matches!(self, Self::Person(_))
    }

    pub(super) fn key(&self) -> Key {
        match self {
            Self::Person(id) => Key::of(b'p', id.as_bytes()),
            Self::Address(address) => Key::of(b'a', &site(*address)),
        }
    }
}

impl Key {
    const LENGTH: usize = 17;

    fn of(sort: u8, bytes: &[u8]) -> Self {
        let mut key = [0; Self::LENGTH];
        key[0] = sort;
        key[1..=bytes.len()].copy_from_slice(bytes);
        Self(key)
    }

    /// Sign-ins to one account from one network. A digest, so that the table holds no e-mail
    /// addresses of strangers and every key is short.
    pub fn account(email: &str, address: IpAddr) -> Self {
        Self::digest(b's', &[&network(address), email.as_bytes()])
    }

    /// Sign-ins from one network, to whichever account.
    pub fn network(address: IpAddr) -> Self {
        Self::digest(b'n', &[&network(address)])
    }

    /// Sign-ins to one account from one device that has been in it.
    pub fn device(email: &str, device: &[u8; 16]) -> Self {
        Self::digest(b'd', &[device, email.as_bytes()])
    }

    /// `parts` but the last are of fixed length, so no two lists of them read alike.
    fn digest(sort: u8, parts: &[&[u8]]) -> Self {
        let digest = parts.iter().fold(sha2::Sha256::new(), |hash, part| hash.chain_update(part)).finalize();
        Self::of(sort, &digest[..16])
    }

    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    pub fn from_slice(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(Self)
    }
}

/// The part of an address that one customer of a provider holds: all of IPv4, the /64 of IPv6.
fn site(address: IpAddr) -> [u8; 16] {
    match address.to_canonical() {
        IpAddr::V4(v4) => v4.to_ipv6_mapped().octets(),
        IpAddr::V6(v6) => {
            let mut site = [0; 16];
            site[..8].copy_from_slice(&v6.octets()[..8]);
            site
        }
    }
}

/// The wider part that guesses of passwords are counted by: one household or office, which may have
/// several addresses. /24 of IPv4, /64 of IPv6.
fn network(address: IpAddr) -> [u8; 16] {
    let mut network = site(address);
    if address.to_canonical().is_ipv4() {
        network[15] = 0;
    }
    network
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(address: &str) -> Key {
        Identity::Address(address.parse().unwrap()).key()
    }

    #[test]
    fn an_address_is_all_of_ipv4_and_half_of_ipv6() {
        assert_ne!(key("192.0.2.17"), key("192.0.2.18"));
        assert_eq!(key("::ffff:192.0.2.17"), key("192.0.2.17"));
        assert_eq!(key("2001:db8:0:1::1"), key("2001:db8:0:1:ffff::2"));
        assert_ne!(key("2001:db8:0:1::1"), key("2001:db8:0:2::1"));
        assert_ne!(key("::1"), key("0.0.0.1"));
    }

    #[test]
    fn guesses_are_counted_by_network() {
        let network = |address: &str| Key::network(address.parse().unwrap());
        assert_eq!(network("192.0.2.17"), network("::ffff:192.0.2.200"));
        assert_ne!(network("192.0.2.17"), network("192.0.3.17"));
        let account = |email| Key::account(email, [192, 0, 2, 17].into());
        assert_ne!(account("a@example.com"), account("b@example.com"));
    }

    #[test]
    fn a_key_survives_the_store() {
        let key = Identity::Person(Id::new()).key();
        assert_eq!(Key::from_slice(key.as_bytes()), Some(key));
        assert_eq!(Key::from_slice(&[0; 16]), None);
    }
}
