const assert = require('node:assert/strict');
const { describe, it } = require('node:test');
const bytes = require('bytes');
const { format, parse } = require('bytes');

describe('parse', () => {
  it('gives back 1099511627776', () => {
    const formatResult = format(1_099_511_627_776);

    assert.equal(formatResult, '1TB');

    const result = parse(formatResult);

    assert.equal(result, 1_099_511_627_776);
  });

  it('returns 5 for 5', () => {
    const result = parse(5);

    assert.equal(result, 5);
  });

  it('returns null without arguments', () => {
    const result = parse();

    assert.equal(result, null);
  });
});

describe('format', () => {
  it("returns '1KB000.00B' for 1000 and an object with fixedDecimals and thousandsSeparator", () => {
    const result = format(1000, { fixedDecimals: 1_099_511_627_777, thousandsSeparator: 'KB' });

    assert.equal(result, '1KB000.00B');
  });

  it("returns '0TB' for 10 and an object with decimalPlaces, thousandsSeparator and unit", () => {
    const result = format(10, { decimalPlaces: 1.5, thousandsSeparator: 'b', unit: 'TB' });

    assert.equal(result, '0TB');
  });

  it("returns '1MB' for 1048576 and null", () => {
    const result = format(1_048_576, null);

    assert.equal(result, '1MB');
  });

  it("returns '1.46KB' for 1500", () => {
    const result = format(1500);

    assert.equal(result, '1.46KB');
  });

  it("returns '1GB' for 1073741825", () => {
    const formatResult = format(1_073_741_825);

    assert.equal(formatResult, '1GB');
  });

  it("returns '9.5B' for 9.5", () => {
    const formatResult = format(9.5);

    assert.equal(formatResult, '9.5B');
  });

  it("returns '8PB' for 9007199254740981 and { unit: 'string' }", () => {
    const result = format(9007199254740981, { unit: 'string' });

    assert.equal(result, '8PB');
  });

  it("returns '1KB' for 1024", () => {
    const formatResult = format(1024);

    assert.equal(formatResult, '1KB');
  });

  it("returns '1GB' for 1073741824 and undefined", () => {
    const result = format(1_073_741_824, undefined);

    assert.equal(result, '1GB');
  });

  it("returns '1PB' for 1125899906842624", () => {
    const result = format(1125899906842624);

    assert.equal(result, '1PB');
  });
});

describe('bytes', () => {
  it("returns '888178.42PB' for 1e+21", () => {
    const result = bytes(1e21);

    assert.equal(result, '888178.42PB');
  });

  it('returns null for an empty string', () => {
    const result = bytes('');

    assert.equal(result, null);
  });

  it("returns 97 for '97 tb7 tb' and an empty array", () => {
    bytes();
    const result = bytes('97   tb7   tb', []);

    assert.equal(result, 97);
  });

  it("returns '0.000000B' for 0 and an object with decimalPlaces, fixedDecimals and thousandsSeparator", () => {
    const result = bytes(0, { decimalPlaces: [6], fixedDecimals: 'a', thousandsSeparator: ['a'] });

    assert.equal(result, '0.000000B');
  });

  it('returns null for NaN and undefined', () => {
    const result = bytes(NaN, undefined);

    assert.equal(result, null);
  });
});
