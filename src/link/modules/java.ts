import type { FileFacts } from '#model/facts.ts';
import { SymbolColumn } from '#model/facts.ts';
import type { Dialect, ImportTarget, Wanted } from '../typed/dialect.ts';
import { external, importRow, importRows, memberValue, qualified } from '../typed/qualified.ts';
import type { Resolution } from '../typed/resolution.ts';
import type { TypedFile } from '../typed/typed-file.ts';
import type { Value } from '../typed/value.ts';

/** Types of java.lang, which every file sees. */
const javaLang = new Set(
  (
    'Appendable AutoCloseable Boolean Byte CharSequence Character Class ClassLoader Cloneable Comparable Deprecated Double Enum Error Exception Float FunctionalInterface ' +
    'IllegalArgumentException IllegalStateException IndexOutOfBoundsException Integer InterruptedException Iterable Long Math NullPointerException Number Object Override ' +
    'Package Process ProcessBuilder Readable Record Runnable Runtime RuntimeException SafeVarargs SecurityException Short StackTraceElement StrictMath String StringBuffer ' +
    'StringBuilder SuppressWarnings System Thread ThreadLocal Throwable UnsupportedOperationException Void ArithmeticException ArrayIndexOutOfBoundsException ArrayStoreException ' +
    'ClassCastException ClassNotFoundException CloneNotSupportedException InstantiationException NoSuchFieldException NoSuchMethodException NumberFormatException ' +
    'AssertionError OutOfMemoryError StackOverflowError LinkageError NoClassDefFoundError ReflectiveOperationException StringIndexOutOfBoundsException VirtualMachineError'
  ).split(' '),
);

/** What methods of the Java library return whose names mean the same in all its classes. */
const javaResults = new Map(
  Object.entries({
    boolean:
      'equals equalsIgnoreCase isEmpty contains containsKey containsValue startsWith endsWith hasNext hasNextLine hasMoreElements matches isInstance isAssignableFrom isInterface ' +
      'isArray isPrimitive isPresent isDigit isLetter isLetterOrDigit isWhitespace isUpperCase isLowerCase isSurrogate isNaN isInfinite isInterrupted isDirectory isFile exists booleanValue ' +
      'parseBoolean anyMatch allMatch noneMatch containsAll isAnnotationPresent',
    int: 'size length indexOf lastIndexOf hashCode identityHashCode compareTo compare compareToIgnoreCase intValue ordinal parseInt signum bitCount codePointAt numberOfTrailingZeros numberOfLeadingZeros getModifiers',
    long: 'longValue parseLong currentTimeMillis nanoTime doubleToLongBits doubleToRawLongBits getTime',
    double: 'doubleValue parseDouble longBitsToDouble sqrt pow log floor ceil',
    float: 'floatValue parseFloat intBitsToFloat',
    char: 'charAt charValue',
    String:
      'toString substring trim strip replace replaceAll replaceFirst toLowerCase toUpperCase concat getSimpleName getCanonicalName getMessage getLocalizedMessage toHexString toBinaryString toOctalString intern lineSeparator getProperty readLine nextLine',
    'Class<?>': 'getClass getComponentType getSuperclass getDeclaringClass',
  }).flatMap(([type, methods]) => methods.split(' ').map((method) => [method, type] as const)),
);

function jvmPackageKey(facts: FileFacts): string {
  return `jvm:${facts.strings[facts.symbols[SymbolColumn.declaredType]!] ?? ''}`;
}

function jvmJoin(container: string, name: string): string {
  return container.endsWith(':') ? container + name : `${container}.${name}`;
}

/** A full name of the tree, or something outside of it. */
function fullName(resolution: Resolution, file: TypedFile, name: string, wanted: Wanted): ImportTarget {
  const value = qualified(resolution, file, 'jvm:', name.split('.'), wanted);
  if (value?.kind === 'package') return { kind: 'package', key: value.container.key };
  return value ? { kind: 'member', value } : { kind: 'external', name };
}

export function jvmImportTarget(resolution: Resolution, file: TypedFile, row: number): ImportTarget {
  const { kind, specifier, name } = importRow(file, row);
  if (kind === 'star') return fullName(resolution, file, specifier, 'any');
  const full = name === undefined ? specifier : specifier ? `${specifier}.${name}` : name;
  const target = fullName(resolution, file, full, 'any');
  if (target?.kind !== 'external' || name === undefined) return target;
  // A static import of something that an outside class has.
  return importRow(file, row).flags & 8 ? { kind: 'external', name: `${specifier}#${name}` } : target;
}

/** Same package, then `.*` imports, then java.lang and the roots of full names. */
export function jvmOuterName(
  resolution: Resolution,
  file: TypedFile,
  name: string,
  wanted: Wanted,
  language: ReadonlySet<string>,
  prefix: string,
): Value | undefined {
  const own = memberValue(resolution, file, file.packageKey, name, wanted);
  if (own) return own;
  const outside: string[] = [];
  for (const row of importRows(file)) {
    if (importRow(file, row).kind !== 'star') continue;
    const target = resolution.importTarget(file, row);
    if (target?.kind === 'external') outside.push(target.name);
    if (target?.kind === 'package') {
      const found = memberValue(resolution, file, target.key, name, wanted);
      if (found) return found;
    } else if (target?.kind === 'member' && target.value.kind === 'type') {
      const found = resolution.memberOf(target.value, name, wanted, file);
      if (found && found.kind !== 'external') return found;
    }
  }
  if (language.has(name)) return external(`${prefix}.${name}`);
  // Nothing else is left that could name it.
  if (wanted === 'type' && outside.length === 1 && /^[A-Z]/.test(name)) return external(`${outside[0]!}.${name}`);
  if (wanted === 'call' || wanted === 'type') return undefined;
  const root = resolution.container(`jvm:${name}`);
  if (resolution.exists(root)) return { kind: 'package', container: root };
  return undefined;
}

export const javaDialect: Dialect = {
  language: 'java',
  family: 'jvm',
  ecosystem: 'java',
  separator: '.',
  join: jvmJoin,
  packageKey: (_path, facts) => jvmPackageKey(facts),
  ownerIsLocal: false,
  enumeratorsLeak: false,
  implicitMembers: true,
  oneNameSpace: false,
  callsConstruct: false,
  constructorNames: [],
  outerIgnoresPlace: true,
  structural: false,
  overloadsInherit: true,
  callablesApart: true,
  fixedFirst: true,
  externalResult: (method) => javaResults.get(method),
  transparent: new Set(),
  hiddenArguments: () => 0,
  importTarget: jvmImportTarget,
  importName: (_resolution, file, row) => importRow(file, row).name,
  outerName: (resolution, file, _row, name, wanted) =>
    jvmOuterName(resolution, file, name, wanted, javaLang, 'java.lang'),
  path(resolution, file, row, path) {
    if (!path.includes('.')) return undefined;
    const parts = path.split('.');
    const first = resolution.named(file, row, parts[0]!, 'value');
    if (first && first.kind !== 'package') return undefined;
    const found = qualified(resolution, file, 'jvm:', parts, 'any');
    return found ?? (first ? undefined : external(path));
  },
};
