//! HTTPS from a certificate and a key on disk.

use std::path::Path;
use std::sync::Arc;

use rustls::ServerConfig;
use rustls_pki_types::pem::PemObject;
use rustls_pki_types::{CertificateDer, PrivateKeyDer};

use crate::kernel::{Error, Result};

/// Reads the chain and the key; the error names the file that is wrong and why.
pub fn config(cert: &Path, key: &Path) -> Result<ServerConfig> {
    let wrong = |path: &Path, why: &dyn std::fmt::Display| {
        Error::invalid("setting", format!("{} is no usable PEM file: {why}.", path.display()))
    };
    let chain = CertificateDer::pem_file_iter(cert)
        .and_then(|chain| chain.collect::<Result<Vec<_>, _>>())
        .map_err(|e| wrong(cert, &e))?;
    let private = PrivateKeyDer::from_pem_file(key).map_err(|e| wrong(key, &e))?;
    ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(Error::internal)?
        .with_no_client_auth()
        .with_single_cert(chain, private)
        .map_err(|e| wrong(cert, &e))
}
