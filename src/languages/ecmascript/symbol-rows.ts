/** Writes symbol rows: places, signatures, parameters, documentation. */
import {
  parameterKinds,
  SymbolFlag,
  symbolKinds,
  type SymbolKind,
  visibilities,
  type Visibility,
} from '#model/vocabulary.ts';
import { bodyHash } from './body-hash.ts';
import type { Decorator, FunctionNode, Node, ParamPattern, TSSignature, TSTypeAnnotation } from './estree.ts';
import { annotatedType } from './estree.ts';
import { documentationBefore, type DocumentationComment } from './jsdoc.ts';
import type { Unit } from './unit.ts';

const SIGNATURE_LIMIT = 300;
const DEFAULT_LIMIT = 80;

export interface SymbolSpec {
  readonly kind: SymbolKind;
  readonly name: string;
  readonly parent: number;
  readonly start: number;
  readonly end: number;
  /** Where the name stands; the start for unnamed ones. */
  readonly nameStart?: number;
  readonly flags?: number;
  readonly visibility?: Visibility;
  /** What the documentation comment stands before: the statement. */
  readonly statementStart?: number;
  /** The signature is the text from here to `signatureEnd`. */
  readonly signatureStart?: number;
  readonly signatureEnd?: number;
  readonly decorators?: readonly Decorator[];
  readonly declaredType?: string | undefined;
  readonly function?: Callable;
  readonly body?: Node | null | undefined;
}

/** Whatever has parameters and a return type. */
export type Callable = FunctionNode | Extract<TSSignature, { params: ParamPattern[] }>;

export function addSymbol(unit: Unit, spec: SymbolSpec): number {
  const { facts, index } = unit;
  const documentation =
    documentationBefore(unit, spec.statementStart ?? spec.start) ??
    (spec.statementStart !== undefined && spec.statementStart !== spec.start
      ? documentationBefore(unit, spec.start)
      : undefined);
  const startLine = index.line(spec.start);
  const endLine = index.line(spec.end);
  const nameStart = spec.nameStart ?? spec.start;
  const nameLine = nameStart === spec.start ? startLine : index.line(nameStart);
  const parameters = facts.parameters.rows;
  if (spec.function) for (const parameter of spec.function.params) addParameter(unit, parameter, documentation);
  const signature =
    spec.signatureEnd === undefined
      ? undefined
      : oneLine(
          unit.text.slice(
            spec.signatureStart ?? spec.start,
            Math.min(spec.signatureEnd, (spec.signatureStart ?? spec.start) + 2000),
          ),
        );
  const returns = spec.function ? (typeText(unit, spec.function.returnType) ?? documentation?.returns) : undefined;
  const row = facts.symbols.add(
    symbolKinds.indexOf(spec.kind),
    facts.string(spec.name),
    spec.parent,
    (spec.flags ?? 0) | (documentation?.deprecated ? SymbolFlag.deprecated : 0),
    visibilities.indexOf(spec.visibility ?? 'public'),
    index.byte(spec.start, startLine),
    index.byte(spec.end, endLine),
    startLine,
    index.column(spec.start, startLine),
    endLine,
    index.column(spec.end, endLine),
    nameLine,
    index.column(nameStart, nameLine),
    facts.string(signature),
    facts.string(returns),
    facts.string(documentation?.text),
    parameters,
    facts.parameters.rows - parameters,
    facts.string(
      spec.decorators?.length
        ? spec.decorators.map((decorator) => decoratorName(unit, decorator)).join(',')
        : undefined,
    ),
    facts.string(spec.declaredType ?? (spec.function ? undefined : documentation?.type)),
    -1,
    spec.body ? bodyHash(unit, spec.body.start, spec.body.end) : 0,
    -1,
  );
  if (
    documentation &&
    (documentation.returns !== undefined || documentation.type !== undefined || documentation.parameters.size > 0)
  )
    unit.documented.set(row, documentation);
  return row;
}

function decoratorName(unit: Unit, { expression }: Decorator): string {
  const named = expression.type === 'CallExpression' ? expression.callee : expression;
  return oneLine(unit.text.slice(named.start, named.end));
}

export function typeText(unit: Unit, annotation: TSTypeAnnotation | null | undefined): string | undefined {
  const type = annotatedType(annotation);
  return type ? oneLine(unit.text.slice(type.start, type.end)) : undefined;
}

/** Runs of layout become one space; long texts end in an ellipsis. */
export function oneLine(text: string): string {
  const joined = text.replace(/\s+/g, ' ').trim();
  return joined.length > SIGNATURE_LIMIT ? `${joined.slice(0, SIGNATURE_LIMIT - 1)}…` : joined;
}

const positional = parameterKinds.indexOf('positional');
const variadic = parameterKinds.indexOf('variadic');

function addParameter(unit: Unit, parameter: ParamPattern, documentation: DocumentationComment | undefined): void {
  const { facts, text } = unit;
  let pattern = parameter.type === 'TSParameterProperty' ? parameter.parameter : parameter;
  let kind = positional;
  let initial: string | undefined;
  let annotation = 'typeAnnotation' in pattern ? pattern.typeAnnotation : undefined;
  if (pattern.type === 'AssignmentPattern') {
    const { start, end } = pattern.right;
    initial = end - start > DEFAULT_LIMIT ? '…' : oneLine(text.slice(start, end));
    pattern = pattern.left;
  } else if (pattern.type === 'RestElement') {
    kind = variadic;
    pattern = pattern.argument;
  }
  if ('typeAnnotation' in pattern) annotation ??= pattern.typeAnnotation;
  const name =
    pattern.type === 'Identifier'
      ? pattern.name
      : oneLine(text.slice(pattern.start, annotation?.start ?? pattern.end)).slice(0, DEFAULT_LIMIT);
  const isOptional = pattern.type === 'Identifier' && Boolean(pattern.optional);
  facts.parameters.add(
    facts.string(name),
    facts.string(typeText(unit, annotation) ?? documentation?.parameters.get(name)),
    // An optional parameter without a default is undefined when it is left out.
    facts.string(initial ?? (isOptional ? 'undefined' : undefined)),
    kind,
  );
}
