//! How SSH is spoken: windows, ways to say who one is, algorithms. Must never offer what costs the server more than the client.

use std::borrow::Cow;
use std::time::Duration;

use russh::{MethodKind, MethodSet, Preferred, SshId, kex, mac, server};

use super::{Admission, Limits};

/// What a client is let say before it is known: windows and packets as small as keys need.
pub(super) const WINDOW: u32 = 32 * 1024;
pub(super) const PACKET: u32 = 8 * 1024;
/// How much longer than an idle session its connection may be silent, for what else holds one open.
const SILENCE: Duration = Duration::from_secs(60);
/// Offered keys that count as an attempt each; an agent may hold many.
const OFFERS: usize = 20;

/// How SSH is spoken by a server with this key.
pub(super) fn config(key: russh::keys::PrivateKey, admission: &Admission, limits: &Limits) -> server::Config {
    let mut methods = MethodSet::empty();
    if admission.open {
        methods.push(MethodKind::None);
    }
    methods.push(MethodKind::PublicKey);
    if admission.password.is_some() {
        methods.push(MethodKind::Password);
    }
    server::Config {
        server_id: SshId::Standard("SSH-2.0-tumen".into()),
        methods,
        auth_rejection_time: Duration::from_secs(1),
        // The first question of every client is whether it may come in without a proof.
        auth_rejection_time_initial: Some(Duration::ZERO),
        keys: vec![key],
        preferred: preferred(),
        window_size: WINDOW,
        maximum_packet_size: PACKET,
        channel_buffer_size: 8,
        event_buffer_size: 1,
        max_auth_attempts: OFFERS,
        // Whether a silent client is still there is asked by the system (`accept`), which has no need to wake us.
        keepalive_interval: None,
        inactivity_timeout: Some(limits.idle + SILENCE),
        nodelay: true,
        ..server::Config::default()
    }
}

/// Key exchanges that cost the server no more than the client, when it comes and when keys are renewed: those over finite
/// fields take up to half a second of ours for nothing of theirs (CVE-2002-20001). Every client of the last ten years
/// knows one of these. Of the codes that authenticate, those that are computed over what is encrypted.
fn preferred() -> Preferred {
    Preferred {
        kex: Cow::Borrowed(&[
            kex::MLKEM768X25519_SHA256,
            kex::CURVE25519,
            kex::CURVE25519_PRE_RFC_8731,
            kex::EXTENSION_SUPPORT_AS_SERVER,
            kex::EXTENSION_OPENSSH_STRICT_KEX_AS_SERVER,
        ]),
        mac: Cow::Borrowed(&[mac::HMAC_SHA512_ETM, mac::HMAC_SHA256_ETM]),
        ..Preferred::DEFAULT
    }
}
