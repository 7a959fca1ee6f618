import { cDialect, cppDialect } from '../modules/c.ts';
import { csharpDialect } from '../modules/csharp.ts';
import { goDialect } from '../modules/go.ts';
import { javaDialect } from '../modules/java.ts';
import { kotlinDialect } from '../modules/kotlin.ts';
import { phpDialect } from '../modules/php.ts';
import { rubyDialect } from '../modules/ruby.ts';
import { rustDialect } from '../modules/rust.ts';
import type { Dialect } from './dialect.ts';

/** Languages with declared types, by language identifier. */
export const dialects: Readonly<Record<string, Dialect>> = {
  c: cDialect,
  cpp: cppDialect,
  csharp: csharpDialect,
  go: goDialect,
  java: javaDialect,
  kotlin: kotlinDialect,
  php: phpDialect,
  ruby: rubyDialect,
  rust: rustDialect,
};
