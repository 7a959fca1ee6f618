/**
 * A profile in Seatbelt's own language (SBPL): what is not allowed is denied, and of several rules the last one holds. There is no
 * network at all: macOS has one loopback for all programs, and the user's own services listen on it.
 */

export interface SeatbeltRequest {
  readonly writable: readonly string[];
  readonly readable: readonly string[];
}

/** The system, and nothing of the user's. */
const systemFolders = [
  '/usr',
  '/bin',
  '/sbin',
  '/System',
  '/Library/Frameworks',
  '/Library/Developer',
  '/Library/Apple',
  '/opt/homebrew',
  '/private/var/db/timezone',
  '/private/var/db/dyld',
  '/private/etc/ssl',
  '/dev/null',
  '/dev/zero',
  '/dev/random',
  '/dev/urandom',
  '/dev/fd',
];

/** Names that programs look up at their start; anything else on the Mach bus could do work for them outside. */
const services = [
  'com.apple.system.notification_center',
  'com.apple.system.opendirectoryd.libinfo',
  'com.apple.system.logger',
  'com.apple.diagnosticd',
];

export function seatbeltProfile({ writable, readable }: SeatbeltRequest): string {
  const subpaths = (paths: readonly string[]): string => paths.map((path) => `(subpath ${quoted(path)})`).join(' ');
  return `(version 1)
(deny default)
(allow process-exec process-fork)
(allow signal (target same-sandbox))
(allow process-info* (target same-sandbox))
(allow sysctl-read)
(allow file-read-metadata)
(allow file-read* (literal "/") ${subpaths([...systemFolders, ...readable])})
(allow file-write* ${subpaths(writable)})
(allow file-write-data (literal "/dev/null") (literal "/dev/zero"))
(allow file-ioctl (literal "/dev/null") (literal "/dev/zero"))
(allow mach-lookup ${services.map((name) => `(global-name ${quoted(name)})`).join(' ')})
(allow ipc-posix-sem)
(deny file-read* file-write* (regex #"^/private/tmp/") (regex #"^/private/var/folders/"))
(allow file-read* ${subpaths(readable)})
(allow file-read* file-write* ${subpaths(writable)})
`;
}

/** A string literal of SBPL. */
function quoted(text: string): string {
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}
