//! The address of a service, as somebody typed it in.

use crate::kernel::FieldError;

const LONGEST: usize = 200;

/// The address of a service without a slash at its end. `plain` says whether it may do without TLS.
pub fn address(text: &str, plain: impl Fn(&str) -> bool) -> Result<String, FieldError> {
    let wrong = |message: &str| Err(FieldError::at("base_url", "format", message));
    let text = text.trim().trim_end_matches('/');
    let Some((scheme, rest)) = text.split_once("://") else {
        return wrong("Give the address of the service, such as https://mail.example.com.");
    };
    let host_and_path = rest.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._~:/[]".contains(&b));
    if text.len() > LONGEST || rest.is_empty() || rest.starts_with(['/', ':']) || !host_and_path {
        return wrong("Give the address alone: no user, question mark or other characters in it.");
    }
    match scheme.to_ascii_lowercase().as_str() {
        "https" => Ok(format!("https://{rest}")),
        "http" if plain(rest) => Ok(format!("http://{rest}")),
        _ => wrong("The address must begin with https://, because the token would cross the network readable."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_plain_and_uses_tls() {
        let ok = |text: &str| address(text, |_| false);
        assert_eq!(ok(" https://mail.example.com/ "), Ok("https://mail.example.com".into()));
        assert_eq!(ok("HTTPS://mail.example.com:8443/api/"), Ok("https://mail.example.com:8443/api".into()));
        for bad in [
            "mail.example.com",
            "http://mail.example.com",
            "ftp://mail.example.com",
            "https://",
            "https:///etc",
            "https://me:secret@mail.example.com",
            "https://mail.example.com/?a=b",
            "https://mail.example.com/#x",
            "https://mail example.com",
            "file:///etc/passwd",
        ] {
            assert!(ok(bad).is_err(), "{bad}");
        }
        assert_eq!(address("http://127.0.0.1:9", |rest| rest == "127.0.0.1:9"), Ok("http://127.0.0.1:9".into()));
    }
}
