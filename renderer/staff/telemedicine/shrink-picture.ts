/** A picture for a letter: as large as is useful on a screen, and without what a camera wrote into it (place, time, device). */
import { base64Of } from '../../parts/base64.ts';

/** Pixels of the longer side. */
const SIDE = 2_000;
const QUALITY = 0.86;

/** Base64 of a JPEG. @throws when the file is no picture. */
export async function shrinkPicture(file: File): Promise<{ name: string; type: 'image/jpeg'; data: string }> {
  const picture = await createImageBitmap(file);
  const scale = Math.min(1, SIDE / Math.max(picture.width, picture.height));
  const canvas = new OffscreenCanvas(
    Math.max(1, Math.round(picture.width * scale)),
    Math.max(1, Math.round(picture.height * scale)),
  );
  canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality: QUALITY });
  return { name: file.name.slice(0, 200), type: 'image/jpeg', data: await base64Of(blob) };
}
