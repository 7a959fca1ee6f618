/** Comments that programs read: what they say is meaning, not remark. */
const directive = new RegExp(
  [
    '^#!', // the interpreter
    '^#.*?coding[:=]', // PEP 263
    '^//go:|^//export |^// \\+build|^//line ', // Go
    '^/[/*]+\\s*@(?:ts-|jsx|flow|license|preserve|vite-|__PURE__)', // TypeScript, bundlers
    '^///\\s*<(?:reference|amd-)', // TypeScript
    '^/\\*\\s*(?:webpack|@vite|#__)', // bundlers
    '^[/#*-]+\\s*(?:eslint|prettier-ignore|tslint|istanbul|c8 |v8 |biome-|oxlint|jshint|global )', // linters
    '^#\\s*(?:type:|noqa|pragma|fmt:|isort:|pylint:|mypy:|pyright:)', // Python tools
    '^#\\s*(?:frozen_string_literal|typed|warn_indent|shareable_constant_value):', // Ruby
    '^//\\s*(?:nolint|NOLINT|clang-format|swiftlint:|sourcery:)',
    '^#\\s*shellcheck ',
    '^\\{-#', // Haskell pragmas
    '^#cgo|^//\\s*#(?:cgo|include)|^/\\*[^]*#include', // C inside Go
    '^//\\s*(?:SPDX|Copyright)', // licences stay with their text
  ].join('|'),
);

export function isDirective(comment: string): boolean {
  return directive.test(comment);
}

export function isDocumentation(comment: string): boolean {
  return /^(?:\/\*\*|\/\/[/!]|\/\*!|--\s*\||\{-\s*\||##|%%|;;;)/.test(comment);
}
