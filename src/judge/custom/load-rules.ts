import { pathToFileURL } from 'node:url';
import { TrowelError } from '#base/errors.ts';
import type { Rule } from '#rules/rule.ts';
import { customRule } from './custom-rule.ts';
import { readRules } from './read-rules.ts';

export interface CustomRuleFile {
  /** As messages name it. */
  readonly from: string;
  readonly text: string;
  /** Of a TypeScript or JavaScript module, absolute: it is imported, so it runs. */
  readonly module: string | undefined;
}

/** Throws `rule-invalid` with the file and the rule. */
export async function loadCustomRules(files: readonly CustomRuleFile[]): Promise<readonly Rule[]> {
  const rules: Rule[] = [];
  for (const file of files)
    rules.push(...(file.module === undefined ? await fromYaml(file) : await fromModule(file, file.module)));
  return rules;
}

async function fromYaml({ from, text }: CustomRuleFile): Promise<readonly Rule[]> {
  const made: Rule[] = [];
  for (const spec of readRules(text, from).rules) {
    const rule = await customRule(spec);
    if (typeof rule === 'string')
      throw new TrowelError('rule-invalid', `${from}: rule ${spec.id}: ${rule}.`, {
        hint: 'docs/custom-rules.md shows what a rule looks like.',
      });
    made.push(rule);
  }
  return made;
}

async function fromModule({ from }: CustomRuleFile, module: string): Promise<readonly Rule[]> {
  let loaded: Readonly<Record<string, unknown>>;
  try {
    loaded = (await import(pathToFileURL(module).href)) as typeof loaded;
  } catch (cause) {
    throw new TrowelError(
      'rule-invalid',
      `${from} cannot be loaded: ${cause instanceof Error ? cause.message : String(cause)}`,
      { cause },
    );
  }
  const found = [loaded['rule'], ...(Array.isArray(loaded['rules']) ? (loaded['rules'] as unknown[]) : [])].filter(
    (one) => one !== undefined,
  );
  if (found.length === 0) throw new TrowelError('rule-invalid', `${from} exports neither \`rule\` nor \`rules\`.`);
  return found.map((one) => {
    const rule = one as Partial<Rule>;
    const isWhole =
      typeof rule.id === 'string' &&
      typeof rule.title === 'string' &&
      typeof rule.reason === 'string' &&
      typeof rule.severity === 'number' &&
      typeof rule.category === 'string' &&
      Array.isArray(rule.languages);
    if (!isWhole)
      throw new TrowelError(
        'rule-invalid',
        `${from}: a rule needs id, title, reason, category, severity and languages.`,
      );
    return { references: [], examples: [], ...rule } as Rule;
  });
}
