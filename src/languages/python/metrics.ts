import type { MetricSpec } from '../syntax/metric-spec.ts';

/** Cyclomatic as radon counts it: loops and try pay for their `else`, comprehensions for each `for` and `if`, assert pays. */
export const pythonMetrics: MetricSpec = {
  functions: ['function_definition'],
  lambdas: ['lambda'],
  decisions: [
    'if_statement', 'elif_clause', 'for_statement', 'while_statement', 'except_clause', 'conditional_expression', 'for_in_clause',
    'if_clause', 'assert_statement',
  ],
  cases: ['case_clause'],
  wildcards: ['_'],
  elseDecisions: ['for_statement', 'while_statement', 'try_statement'],
  booleans: ['boolean_operator'],
  booleanOperators: ['and', 'or'],
  nesting: ['if_statement', 'for_statement', 'while_statement', 'except_clause', 'match_statement', 'conditional_expression'],
  blocks: ['try_statement', 'with_statement'],
  ifs: ['if_statement'],
  elses: ['elif_clause', 'else_clause'],
  freeElseParents: ['try_statement'],
  calls: ['call'],
  statements: ['*_statement', 'function_definition', 'class_definition'],
  operands: ['identifier', 'integer', 'float', 'string_content', 'true', 'false', 'none', 'ellipsis'],
  ignored: ['comment', 'line_continuation'],
  silentTokens: [')', ']', '}', 'string_start', 'string_end', 'escape_sequence'],
};
