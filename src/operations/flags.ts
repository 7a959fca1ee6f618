/** An operation's schema as what a command line takes. */
import * as z from 'zod';
import type { Operation } from './operation.ts';

export type FlagType = 'boolean' | 'string' | 'number';

export interface Flag {
  /** Key of the input object. */
  readonly key: string;
  /** `max-commits`; for a positional, the name shown in the usage line. */
  readonly name: string;
  readonly type: FlagType;
  readonly repeated: boolean;
  readonly required: boolean;
  readonly choices: readonly string[] | undefined;
  readonly default: unknown;
  readonly description: string;
}

export interface CommandShape {
  readonly positionals: readonly Flag[];
  readonly flags: readonly Flag[];
}

function kebabCase(key: string): string {
  return key.replace(/([a-z0-9])([A-Z])/g, '$1-$2').toLowerCase();
}

/** Takes the wrappers off (default, optional, nullable, transform) and keeps what they say. */
function unwrap(schema: z.core.$ZodType): {
  inner: z.core.$ZodType;
  description: string;
  default: unknown;
  required: boolean;
} {
  let inner = schema;
  let description = '';
  let fallback: unknown;
  let required = true;
  for (;;) {
    description ||= (inner as z.ZodType).description ?? '';
    if (inner instanceof z.ZodDefault || inner instanceof z.ZodPrefault) {
      required = false;
      fallback ??= inner.def.defaultValue;
      inner = inner.def.innerType;
    } else if (inner instanceof z.ZodOptional || inner instanceof z.ZodNullable) {
      required = false;
      inner = inner.def.innerType;
    } else if (inner instanceof z.ZodPipe) inner = inner.def.in;
    else return { inner, description, default: fallback, required };
  }
}

function typeOf(schema: z.core.$ZodType): { type: FlagType; choices: readonly string[] | undefined } {
  if (schema instanceof z.ZodBoolean) return { type: 'boolean', choices: undefined };
  if (schema instanceof z.ZodNumber) return { type: 'number', choices: undefined };
  if (schema instanceof z.ZodEnum) return { type: 'string', choices: schema.options.map(String) };
  return { type: 'string', choices: undefined };
}

function flagOf(key: string, schema: z.core.$ZodType): Flag {
  const { inner, description, default: fallback, required } = unwrap(schema);
  const repeated = inner instanceof z.ZodArray;
  const { type, choices } = typeOf(repeated ? unwrap(inner.def.element).inner : inner);
  return { key, name: kebabCase(key), type, repeated, required, choices, default: fallback, description };
}

export function commandShape(operation: Operation): CommandShape {
  const all = Object.entries(operation.input.shape).map(([key, schema]) => flagOf(key, schema));
  return {
    positionals: operation.positional.map((key) => {
      const flag = all.find((candidate) => candidate.key === key);
      if (!flag) throw new Error(`${operation.name}: positional ${key} is not in its input`);
      return flag;
    }),
    flags: all.filter(({ key }) => !operation.positional.includes(key)),
  };
}

/** `trowel show <symbol> [path] [flags]` */
export function usageLine(operation: Operation): string {
  const { positionals, flags } = commandShape(operation);
  const words = positionals.map(({ name, required, repeated }) => {
    const word = repeated ? `${name}...` : name;
    return required ? `<${word}>` : `[${word}]`;
  });
  return ['trowel', operation.name, ...words, ...(flags.length > 0 ? ['[flags]'] : [])].join(' ');
}
