/** The same filter as an OCI profile: https://github.com/opencontainers/runtime-spec/blob/main/config-linux.md#seccomp */
import {
  architectures,
  asIfAbsent,
  CLONE_NAMESPACES,
  examined,
  SOCKET_FAMILIES,
  TIOCLINUX,
  TIOCSTI,
} from '../system-calls.ts';

const EPERM = 1;
const ENOSYS = 38;
const EAFNOSUPPORT = 97;

interface Argument {
  readonly index: number;
  readonly value: number;
  readonly valueTwo?: number;
  readonly op: 'SCMP_CMP_EQ' | 'SCMP_CMP_GT' | 'SCMP_CMP_MASKED_EQ';
}

/** libseccomp knows the numbers; names that it does not know are passed over. */
export function seccompProfile(): string {
  const names = [...new Set(Object.values(architectures).flatMap(({ numbers }) => Object.keys(numbers)))].filter(
    (name) => !examined.has(name),
  );
  const refuse = (names: readonly string[], errnoRet: number, args: readonly Argument[] = []) => ({
    names,
    action: 'SCMP_ACT_ERRNO',
    errnoRet,
    args,
  });
  const masked = (index: number, mask: number, value: number): Argument => ({
    index,
    value: mask,
    valueTwo: value,
    op: 'SCMP_CMP_MASKED_EQ',
  });
  const flags = Array.from({ length: 31 }, (_, bit) => 2 ** bit).filter((flag) => (CLONE_NAMESPACES & flag) !== 0);
  const families = Array.from({ length: 17 }, (_, family) => family).filter(
    (family) => !SOCKET_FAMILIES.includes(family),
  );
  return JSON.stringify({
    defaultAction: 'SCMP_ACT_ALLOW',
    architectures: process.arch === 'arm64' ? ['SCMP_ARCH_AARCH64'] : ['SCMP_ARCH_X86_64'],
    syscalls: [
      refuse(
        names.filter((name) => !asIfAbsent.has(name)),
        EPERM,
      ),
      refuse(
        names.filter((name) => asIfAbsent.has(name)),
        ENOSYS,
      ),
      ...[TIOCSTI, TIOCLINUX].map((request) => refuse(['ioctl'], EPERM, [masked(1, 0xffffffff, request)])),
      ...flags.map((flag) => refuse(['clone', 'unshare'], EPERM, [masked(0, flag, flag)])),
      ...families.map((family) => refuse(['socket'], EAFNOSUPPORT, [{ index: 0, value: family, op: 'SCMP_CMP_EQ' }])),
      refuse(['socket'], EAFNOSUPPORT, [{ index: 0, value: 16, op: 'SCMP_CMP_GT' }]),
    ],
  });
}
