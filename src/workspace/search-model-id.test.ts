import { expect, test } from 'vitest';
import { isOfModel, outsideEncoderOf, searchModelId } from './search-model-id.ts';

test('a note names the encoder, also where a folder’s name holds the sign', () => {
  expect(outsideEncoderOf(searchModelId('onnx:/models/size=small', 'onnx-0123456789ab@8'))).toBe('onnx-0123456789ab@8');
  expect(outsideEncoderOf(searchModelId('default', 'trowel-code-1'))).toBeUndefined();
  expect(outsideEncoderOf('')).toBeUndefined();
});

test('a note is of one chosen name', () => {
  expect(isOfModel(searchModelId('ollama:bag', 'x'), 'ollama:bag')).toBe(true);
  expect(isOfModel(searchModelId('ollama:bags', 'x'), 'ollama:bag')).toBe(false);
  expect(isOfModel(undefined, 'default')).toBe(false);
});
