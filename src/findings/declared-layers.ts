import type { Config } from '#config/schema.ts';
import type { ArchitectureRules } from '#rules/rule.ts';
import { pathMatcher } from './path-matcher.ts';

/** The layers that the configuration declares; undefined where it declares none. */
export function architectureOf(layers: Config['check']['layers']): ArchitectureRules | undefined {
  if (layers.length === 0) return undefined;
  const matchers = layers.map(({ paths }) => pathMatcher(paths));
  return { layers: layers.map(({ name }) => name), layerOf: (path) => matchers.findIndex((matches) => matches(path)) };
}
