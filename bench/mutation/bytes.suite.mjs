import assert from 'node:assert';
import bytes from '../src/index.js';

describe('bytes', () => {
  it('chooses by type', () => {
    assert.strictEqual(bytes('1kb'), 1024);
    assert.strictEqual(bytes(1024), '1KB');
    assert.strictEqual(bytes(undefined), null);
  });
  it('formats', () => {
    assert.strictEqual(bytes.format(0), '0B');
    assert.strictEqual(bytes.format(1023), '1023B');
    assert.strictEqual(bytes.format(1048576), '1MB');
    assert.strictEqual(bytes.format(1073741824), '1GB');
    assert.strictEqual(bytes.format(-1536), '-1.5KB');
    assert.strictEqual(bytes.format(1e15), '909.49TB');
    assert.strictEqual(bytes.format(Infinity), null);
  });
  it('formats with options', () => {
    assert.strictEqual(bytes.format(1000, { thousandsSeparator: ' ' }), '1 000B');
    assert.strictEqual(bytes.format(1024, { unitSeparator: ' ' }), '1 KB');
    assert.strictEqual(bytes.format(1536, { fixedDecimals: true, decimalPlaces: 3 }), '1.500KB');
    assert.strictEqual(bytes.format(2048, { unit: 'B' }), '2048B');
    assert.strictEqual(bytes.format(2048, { unit: 'x' }), '2KB');
  });
  it('parses', () => {
    assert.strictEqual(bytes.parse('1.5mb'), 1572864);
    assert.strictEqual(bytes.parse('2 TB'), 2199023255552);
    assert.strictEqual(bytes.parse('55'), 55);
    assert.strictEqual(bytes.parse('-1gb'), -1073741824);
    assert.strictEqual(bytes.parse('foo'), null);
    assert.strictEqual(bytes.parse(NaN), null);
    assert.strictEqual(bytes.parse(7), 7);
    assert.strictEqual(bytes.parse(true), null);
  });
});
