// What the chat needs of other people's packages, in one file: `python3 -m tools.vendor` bundles it.
export { CipherSuite, HkdfSha256 } from "@hpke/core";
export { DhkemX25519HkdfSha256 } from "@hpke/dhkem-x25519";
export { chacha20poly1305, xchacha20poly1305 } from "@noble/ciphers/chacha.js";
export { getPublicKeyAsync, signAsync, verifyAsync } from "@noble/ed25519";
export { argon2idAsync } from "@noble/hashes/argon2.js";
export { hkdf } from "@noble/hashes/hkdf.js";
export { sha256 } from "@noble/hashes/sha2.js";
