import { eachEsChild, type EsNode, type EsNodeOf } from '#languages/ecmascript-tree.ts';
import type { MarkupElement } from '#rules/rule.ts';
import { hides } from './markup-elements.ts';

const htmlNames: Readonly<Record<string, string>> = { htmlFor: 'for', className: 'class', tabIndex: 'tabindex' };

/**
 * A JSX element of HTML's own names as markup; undefined for components.
 * @param isIn whether what it stands in is hidden
 */
export function jsxElement(
  node: EsNodeOf<'JSXElement'>,
  textOf: (node: EsNode) => string,
  isIn: boolean,
): MarkupElement | undefined {
  const { name, attributes, start, end } = node.openingElement;
  if (name.type !== 'JSXIdentifier' || !/^[a-z]/.test(name.name)) return undefined;
  const values = new Map<string, string | undefined>();
  let hasSpread = false;
  for (const attribute of attributes) {
    if (attribute.type === 'JSXSpreadAttribute') {
      hasSpread = true;
      continue;
    }
    if (attribute.name.type !== 'JSXIdentifier') continue;
    const key = htmlNames[attribute.name.name] ?? attribute.name.name.toLowerCase();
    values.set(key, plainValue(attribute.value));
  }
  const isHidden = isIn || isHiddenElement(node, textOf);
  const children = node.children.flatMap((child) => {
    const made = child.type === 'JSXElement' ? jsxElement(child, textOf, isHidden) : undefined;
    return made ? [made] : [];
  });
  return {
    name: name.name,
    range: { start, end },
    has: (key) => values.has(key),
    value: (key) => values.get(key),
    hasSpread,
    isHidden,
    hasText: node.children.some((child) => showsText(child)),
    children,
    keys: [...values.keys()],
  };
}

export function isHiddenElement({ openingElement }: EsNodeOf<'JSXElement'>, textOf: (node: EsNode) => string): boolean {
  return openingElement.attributes.some((attribute) => hides(textOf(attribute)));
}

/** Undefined for what is known at run time only. */
function plainValue(value: EsNode | null): string | undefined {
  if (value === null) return '';
  if (value.type === 'Literal') return String(value.value);
  if (value.type !== 'JSXExpressionContainer') return undefined;
  const { expression } = value;
  if (expression.type === 'Literal') return String(expression.value);
  if (expression.type === 'UnaryExpression' && expression.argument.type === 'Literal')
    return `${expression.operator}${String(expression.argument.value)}`;
  return undefined;
}

/** In doubt yes: expressions and components may show anything. */
function showsText(node: EsNode): boolean {
  if (node.type === 'JSXText') return node.value.trim() !== '';
  if (node.type === 'JSXExpressionContainer') return node.expression.type !== 'JSXEmptyExpression';
  if (
    node.type === 'JSXElement' &&
    node.openingElement.name.type === 'JSXIdentifier' &&
    /^[a-z]/.test(node.openingElement.name.name)
  ) {
    let shown = false;
    for (const child of node.children) shown ||= showsText(child);
    eachEsChild(node.openingElement, (child) => {
      if (child.type === 'JSXSpreadAttribute') shown = true;
      if (
        child.type === 'JSXAttribute' &&
        /^(?:alt|aria-label|dangerouslySetInnerHTML|title)$/.test(
          child.name.type === 'JSXIdentifier' ? child.name.name : '',
        )
      )
        shown = true;
    });
    return shown;
  }
  return true;
}
