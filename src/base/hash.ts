import { createHash } from 'node:crypto';

/** Content identity: SHA-256 truncated to 128 bits, 32 hexadecimal digits. */
export function contentHash(bytes: Uint8Array | string): string {
  return createHash('sha256').update(bytes).digest('hex').slice(0, 32);
}
