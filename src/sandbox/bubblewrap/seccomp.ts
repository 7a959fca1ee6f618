/** The system call filter as a classic BPF program (linux/filter.h). */
import {
  architectures,
  asIfAbsent,
  CLONE_NAMESPACES,
  examined,
  NEW_NAMESPACES,
  SOCKET_FAMILIES,
  TIOCLINUX,
  TIOCSTI,
} from '../system-calls.ts';

const EPERM = 1;
const ENOSYS = 38;
const EAFNOSUPPORT = 97;

// Instruction codes of linux/bpf_common.h.
const LOAD_WORD = 0x20;
const JUMP_EQUAL = 0x15;
const JUMP_GREATER_EQUAL = 0x35;
const JUMP_ANY_BIT = 0x45;
const RETURN = 0x06;
const ALLOW = 0x7fff0000;
const KILL_PROCESS = 0x80000000;
const errno = (number: number): number => 0x00050000 | number;

// struct seccomp_data: number, architecture, instruction pointer (8 bytes), six arguments of 8 bytes, low half first.
const NUMBER = 0;
const ARCHITECTURE = 4;
const argumentLow = (at: number): number => 16 + 8 * at;

/** Programs of the x32 interface have their own numbers from here on. */
const X32 = 0x40000000;

type Instruction = readonly [code: number, whenTrue: number, whenFalse: number, value: number];

/** Undefined where the architecture's numbers are not known: then no code is run. */
export function seccompProgram(architecture: string): Uint8Array | undefined {
  const known = architectures[architecture];
  if (!known) return undefined;
  const { audit, numbers } = known;
  const refuse = (number: number, answer: number): Instruction[] => [
    [JUMP_EQUAL, 0, 1, number],
    [RETURN, 0, 0, answer],
  ];
  const instructions: Instruction[] = [
    [LOAD_WORD, 0, 0, ARCHITECTURE],
    [JUMP_EQUAL, 1, 0, audit],
    [RETURN, 0, 0, KILL_PROCESS],
    [LOAD_WORD, 0, 0, NUMBER],
    ...(architecture === 'x64'
      ? ([
          [JUMP_GREATER_EQUAL, 0, 1, X32],
          [RETURN, 0, 0, errno(ENOSYS)],
        ] as Instruction[])
      : []),
    ...Object.entries(numbers)
      .filter(([name]) => !examined.has(name))
      .flatMap(([name, number]) => refuse(number, errno(asIfAbsent.has(name) ? ENOSYS : EPERM))),
    // ioctl: the request is an unsigned int; its upper half is ignored by the kernel, too.
    [JUMP_EQUAL, 0, 5, numbers['ioctl']!],
    [LOAD_WORD, 0, 0, argumentLow(1)],
    [JUMP_EQUAL, 1, 0, TIOCSTI],
    [JUMP_EQUAL, 0, 1, TIOCLINUX],
    [RETURN, 0, 0, errno(EPERM)],
    [RETURN, 0, 0, ALLOW],
    ...namespaceCheck(numbers['clone']!, CLONE_NAMESPACES),
    ...namespaceCheck(numbers['unshare']!, NEW_NAMESPACES),
    [JUMP_EQUAL, 0, 3 + SOCKET_FAMILIES.length - 1, numbers['socket']!],
    [LOAD_WORD, 0, 0, argumentLow(0)],
    ...SOCKET_FAMILIES.map((family, at): Instruction => [JUMP_EQUAL, SOCKET_FAMILIES.length - at, 0, family]),
    [RETURN, 0, 0, errno(EAFNOSUPPORT)],
    [RETURN, 0, 0, ALLOW],
  ];
  return encode(instructions);
}

function namespaceCheck(number: number, flags: number): Instruction[] {
  return [
    [JUMP_EQUAL, 0, 4, number],
    [LOAD_WORD, 0, 0, argumentLow(0)],
    [JUMP_ANY_BIT, 0, 1, flags],
    [RETURN, 0, 0, errno(EPERM)],
    [RETURN, 0, 0, ALLOW],
  ];
}

/** struct sock_filter: 16 bits code, two jump offsets of 8 bits, 32 bits value. */
function encode(instructions: readonly Instruction[]): Uint8Array {
  const bytes = new DataView(new ArrayBuffer(instructions.length * 8));
  instructions.forEach(([code, whenTrue, whenFalse, value], at) => {
    bytes.setUint16(at * 8, code, true);
    bytes.setUint8(at * 8 + 2, whenTrue);
    bytes.setUint8(at * 8 + 3, whenFalse);
    bytes.setUint32(at * 8 + 4, value >>> 0, true);
  });
  return new Uint8Array(bytes.buffer);
}
