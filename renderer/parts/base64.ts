import { toBase64 } from '../../shared/encoding/bytes.ts';

/** Bytes in base64, as GraphQL carries them. @throws what reading the file throws */
export async function base64Of(part: Blob): Promise<string> {
  return toBase64(new Uint8Array(await part.arrayBuffer()));
}
