/** The Python grammar's node types and fields as small constants, so that walks switch over dense numbers. */

const kindNames = [
  'other', 'module', 'identifier', 'attribute', 'call', 'argument_list', 'keyword_argument', 'string', 'concatenated_string', 'integer',
  'float', 'true', 'false', 'none', 'ellipsis', 'comment', 'block', 'expression_statement', 'assignment', 'augmented_assignment',
  'named_expression', 'return_statement', 'if_statement', 'elif_clause', 'else_clause', 'for_statement', 'while_statement', 'try_statement',
  'except_clause', 'finally_clause', 'with_statement', 'with_clause', 'with_item', 'match_statement', 'case_clause', 'function_definition',
  'class_definition', 'decorated_definition', 'decorator', 'parameters', 'lambda_parameters', 'lambda', 'default_parameter',
  'typed_parameter', 'typed_default_parameter', 'list_splat_pattern', 'dictionary_splat_pattern', 'tuple_pattern', 'list_pattern',
  'pattern_list', 'expression_list', 'tuple', 'list', 'set', 'dictionary', 'pair', 'list_splat', 'dictionary_splat', 'list_comprehension',
  'set_comprehension', 'dictionary_comprehension', 'generator_expression', 'for_in_clause', 'if_clause', 'conditional_expression',
  'boolean_operator', 'binary_operator', 'unary_operator', 'not_operator', 'comparison_operator', 'subscript', 'slice',
  'parenthesized_expression', 'await', 'yield', 'import_statement', 'import_from_statement', 'future_import_statement', 'aliased_import',
  'dotted_name', 'relative_import', 'import_prefix', 'wildcard_import', 'global_statement', 'nonlocal_statement', 'delete_statement',
  'raise_statement', 'assert_statement', 'print_statement', 'exec_statement', 'type_alias_statement', 'type', 'type_parameter',
  'as_pattern', 'as_pattern_target', 'case_pattern', 'keyword_pattern', 'class_pattern', 'splat_pattern', 'dict_pattern', 'union_pattern',
  'interpolation', 'format_expression', 'format_specifier', 'string_content', 'string_start', 'string_end', 'pass_statement',
  'break_statement', 'continue_statement', 'generic_type', 'constrained_type', 'splat_type', 'parenthesized_list_splat',
  'positional_separator', 'keyword_separator', 'line_continuation', 'escape_sequence', 'ERROR',
] as const;

type KindName = (typeof kindNames)[number];

export const Kind = Object.fromEntries(kindNames.map((name, index) => [name, index])) as { readonly [Name in KindName]: number };

const fieldNames = [
  'alias', 'alternative', 'argument', 'arguments', 'attribute', 'body', 'cause', 'code', 'condition', 'consequence', 'definition', 'expression',
  'function', 'guard', 'key', 'left', 'module_name', 'name', 'object', 'operator', 'operators', 'parameters', 'return_type', 'right',
  'subject', 'subscript', 'superclasses', 'type', 'type_parameters', 'value',
] as const;

export interface PythonGrammar {
  /** Kind by grammar type number. Keywords share the kind of a node of the same name: check that the node is named. */
  readonly kinds: Uint8Array;
  readonly fields: { readonly [Name in (typeof fieldNames)[number]]: number };
}

export function pythonGrammar(typeNames: readonly string[], fields: readonly (string | null)[]): PythonGrammar {
  const kinds = new Uint8Array(65536);
  const numbers = new Map<string, number>(kindNames.map((name, index) => [name, index]));
  typeNames.forEach((name, id) => (kinds[id] = numbers.get(name) ?? 0));
  kinds[65535] = Kind.ERROR;
  const found = Object.fromEntries(fieldNames.map((name) => [name, Math.max(0, fields.indexOf(name))]));
  return { kinds, fields: found as PythonGrammar['fields'] };
}
