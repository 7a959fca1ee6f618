import { describe, expect, it } from 'vitest';
import { nearestName } from './nearest-name.ts';

describe('nearestName', () => {
  const known = ['survey', 'show', 'impact', 'history', 'config', 'doctor'];

  it('finds swapped, missing and wrong letters', () => {
    expect(nearestName('confgi', known)).toBe('config');
    expect(nearestName('survy', known)).toBe('survey');
    expect(nearestName('Histori', known)).toBe('history');
  });

  it('completes a unique beginning', () => {
    expect(nearestName('imp', known)).toBe('impact');
  });

  it('says nothing where nothing is near', () => {
    expect(nearestName('zzzzzz', known)).toBeUndefined();
    expect(nearestName('', known)).toBeUndefined();
  });
});
