import type { Relation, SymbolChoice } from '#model/inspection.ts';

/** `Basket.total  shop/basket.py:11`: what a model needs to name a symbol or open its place. */
export function place({ name, path, line, kind }: SymbolChoice): string {
  return kind === 'module' ? path : `${name}  ${path}:${line}`;
}

/** As `place`, with how it is known where that is not certain. */
export function related({ symbol, external, provenance, rivals }: Relation): string {
  const name = symbol ? place(symbol) : (external ?? '?');
  return provenance === 'candidate' ? `${name} (by name only, one of ${rivals})` : name;
}

/** The first ones, and how many there are besides. */
export function some<Item>(items: readonly Item[], limit: number, tell: (item: Item) => string): string[] {
  const told = items.slice(0, limit).map(tell);
  return items.length > limit ? [...told, `… ${items.length - limit} more`] : told;
}

/** Without what is empty: a key costs tokens. */
export function withoutEmpty(data: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(data).filter(
      ([, value]) => value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0),
    ),
  );
}
