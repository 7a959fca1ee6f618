/** Telling binary files from text, by name before they are opened and by content after. */

// prettier-ignore
const binaryExtensions = new Set(
  ('png jpg jpeg gif bmp ico icns webp avif heic tif tiff psd ai xcf eps mp3 mp4 m4a m4v wav ogg oga ogv flac aac avi mov mkv webm wmv ttf otf woff woff2 eot ' +
    'pdf doc docx xls xlsx ppt pptx odt ods odp epub zip gz tgz bz2 tbz xz txz 7z rar tar lz4 zst br jar war ear aar apk ipa deb rpm dmg iso img whl egg nupkg crx xpi ' +
    'so o a obj lib dll exe dylib pdb class pyc pyo pyd mo elc beam wasm bc node rlib rmeta swiftmodule nib db sqlite sqlite3 mdb dat.gz npy npz pkl pickle h5 hdf5 parquet arrow feather onnx pt pth safetensors gguf tflite pb.bin ' +
    'keystore jks p12 pfx der swf fla blend fbx glb 3ds dds ktx exr hdr lockb idx pack bundle.gz').split(' '),
);

export function hasBinaryName(name: string): boolean {
  const dot = name.lastIndexOf('.');
  return dot >= 0 && binaryExtensions.has(name.slice(dot + 1).toLowerCase());
}

/** Signatures of formats whose first bytes may hold no NUL. */
// prettier-ignore
const signatures: readonly string[] = ['\x7fELF', '\x89PNG', 'GIF8', '\xff\xd8\xff', '%PDF-', 'PK\x03\x04', '\x1f\x8b', 'BZh', '\xfd7zXZ', 'Rar!', 'wOFF', 'wOF2', 'OggS', 'ID3', 'RIFF', '\xca\xfe\xba\xbe', '\x00asm', '7z\xbc\xaf'];

/** How many bytes are looked at, as git does. */
const SAMPLE = 8000;

/** Whether bytes that are not UTF-16 or UTF-32 text are binary. */
export function looksBinary(bytes: Uint8Array): boolean {
  const sample = bytes.subarray(0, SAMPLE);
  if (sample.includes(0)) return true;
  const start = Buffer.from(sample.buffer, sample.byteOffset, Math.min(8, sample.length)).toString('latin1');
  if (signatures.some((signature) => start.startsWith(signature))) return true;
  let control = 0;
  for (let at = 0; at < sample.length; at++) {
    const byte = sample[at]!;
    if (byte < 32 && byte !== 9 && byte !== 10 && byte !== 12 && byte !== 13 && byte !== 27) control++;
  }
  return control * 10 > sample.length;
}
