const ecmascript = /("(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`)|(?:\/\*[^]*?\*\/|\/\/[^\n]*|\s)+/g;
const python = /("""[^]*?"""|'''[^]*?'''|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*')|(?:#[^\n]*|\s)+/g;

/** Code without comments and with single blanks between its words; what stands in strings stays. */
export function squeezedCode(text: string, language: 'ecmascript' | 'python'): string {
  return text
    .replace(language === 'python' ? python : ecmascript, (_, string: string | undefined) => string ?? ' ')
    .trim();
}
