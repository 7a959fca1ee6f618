import { hash } from 'node:crypto';

/** Content identity: SHA-256 truncated to 128 bits, 32 hexadecimal digits. */
export function contentHash(bytes: Uint8Array | string): string {
  return hash('sha256', bytes, 'hex').slice(0, 32);
}
