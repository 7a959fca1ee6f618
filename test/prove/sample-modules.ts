/** JavaScript that tests are generated for; our own. */
export const purseModule = `
/** Money of one currency, in its smallest unit. */
export class Purse {
  #coins = 0;
  constructor(limit = 1000) {
    if (!Number.isInteger(limit) || limit < 1) throw new RangeError('limit must be a positive integer');
    this.limit = limit;
  }
  get coins() {
    return this.#coins;
  }
  put(amount) {
    if (amount <= 0) throw new RangeError('nothing to put in');
    if (this.#coins + amount > this.limit) return false;
    this.#coins += amount;
    return true;
  }
}

export function gradeOf(text) {
  const parts = String(text).split('/');
  if (parts.length !== 2) return undefined;
  const [reached, total] = parts.map(Number);
  if (Number.isNaN(reached) || !(total > 0)) return 'unknown';
  const share = reached / total;
  if (share >= 0.9) return 'excellent';
  return share >= 0.5 ? 'passed' : 'failed';
}
`;

export const hostileModule = `
const fs = require('fs');
exports.double = (n) => { if (typeof n !== 'number') throw new TypeError('not a number'); return 2 * n; };
exports.quit = () => process.exit(3);
exports.spin = (n) => { while (n !== 'never') { n += ''; if (n.length > 5) n = ''; } };
exports.recurse = function recurse() { return recurse(); };
exports.wipe = () => { for (const name of fs.readdirSync(__dirname)) fs.rmSync(__dirname + '/' + name, { recursive: true }); };
exports.callHome = () => fetch('http://127.0.0.1:9/');
exports.flood = () => { for (let i = 0; i < 1000; i++) process.stdout.write('x'.repeat(1000)); };
exports.patch = () => { JSON.stringify = () => 'gone'; Array.prototype.map = undefined; Object.keys = () => { throw new Error('patched'); }; };
exports.wait = () => new Promise(() => {});
`;

export const ledgerModule = `
"""Amounts under names."""


class Ledger:
    def __init__(self, limit: int = 100):
        if limit <= 0:
            raise ValueError("limit must be positive")
        self.limit = limit
        self.entries = {}

    def put(self, name: str, amount: int) -> int:
        if amount < 0:
            raise ValueError("amount must not be negative")
        total = self.entries.get(name, 0) + amount
        if total > self.limit:
            raise OverflowError("limit exceeded")
        self.entries[name] = total
        return total

    def __len__(self):
        return len(self.entries)


def parse_amount(text: str) -> int:
    """
    >>> parse_amount("1,200")
    1200
    """
    sign = 1
    if text.startswith("-"):
        sign, text = -1, text[1:]
    digits = text.replace(",", "")
    if not digits.isdigit():
        raise ValueError("not an amount")
    return sign * int(digits)
`;

/** Documentation that the code contradicts, a way back that loses something, and a result that is not what is declared. */
export const doubtfulModule = `/**
 * @example
 * double(3); // => 6
 * triple(2); // => 7
 */
export function double(value) {
  return value * 2;
}
export function triple(value) {
  return value * 3;
}
export function encode(text) {
  return [...String(text)].map((letter) => letter.charCodeAt(0)).join('.');
}
export function decode(code) {
  if (code === '') return '';
  return code.split('.').map((each) => String.fromCharCode(Number(each) % 200)).join('');
}
/**
 * @param {string} name
 * @returns {string}
 */
export function greeting(name) {
  if (name.length > 3) return 'Hello ' + name;
}
`;
