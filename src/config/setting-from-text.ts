import * as z from 'zod';
import type { Setting } from './schema.ts';

/** The value that a variable or a flag spells out; what is wrong with it, the schema says afterwards. */
export function settingFromText(setting: Setting, text: string): unknown {
  const value = text.trim();
  const wants = innermost(setting.schema);
  if (wants instanceof z.ZodBoolean) {
    if (/^(true|yes|on|1)$/i.test(value)) return true;
    if (/^(false|no|off|0)$/i.test(value)) return false;
  }
  if (wants instanceof z.ZodNumber && /^-?\d+(\.\d+)?$/.test(value)) return Number(value);
  if (wants instanceof z.ZodArray) {
    if (!value.startsWith('[')) return value === '' ? [] : value.split(',').map((part) => part.trim());
    try {
      return JSON.parse(value);
    } catch {
      return value;
    }
  }
  return value;
}

function innermost(schema: z.core.$ZodType): z.core.$ZodType {
  return schema instanceof z.ZodDefault || schema instanceof z.ZodOptional ? innermost(schema.unwrap()) : schema;
}
