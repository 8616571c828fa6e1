/** Opens a case: asks the hub for it with the code, and decrypts it here with the key of the link. Nothing is kept. */
import { concat, fromBase64, fromUtf8, toBase64url, utf8 } from '../../shared/encoding/bytes.ts';
import type { PackLink } from '../../shared/telemedicine/case-pack.ts';
import { type ConsultCase, readCase } from '../../shared/telemedicine/consult.ts';

export interface OpenedCase extends ConsultCase {
  /** Whom it was made for. */
  readonly recipient: string;
  readonly clinic: string;
  /** Milliseconds since 1970. */
  readonly expires: number;
}

export type Refusal = { readonly triesLeft: number } | 'over' | 'unreadable' | 'away';

/** @param who as the reader calls themselves: the clinic that sent it sees that. */
export async function openPack({ link, key }: PackLink, who: string, code: string): Promise<OpenedCase | Refusal> {
  let response: Response;
  try {
    response = await fetch(`../m/${toBase64url(link)}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ recipient: who, passcode: code }),
    });
  } catch {
    return 'away';
  }
  if (response.status === 401)
    return { triesLeft: Number(((await response.json()) as { remainingAttempts?: unknown }).remainingAttempts) };
  if (!response.ok) return 'over';
  const { files } = (await response.json()) as { files?: ReadonlyArray<{ embedded?: string }> };
  const opened = await decrypt(files?.[0]?.embedded ?? '', key).catch(() => undefined);
  const content = opened && readCase(opened);
  if (!content) return 'unreadable';
  return JSON.parse(opened) as OpenedCase;
}

/** JWE, compact (RFC 7516), direct encryption with A256GCM. */
async function decrypt(jwe: string, key: Uint8Array): Promise<string> {
  const [header = '', wrapped, iv = '', sealed = '', tag = ''] = jwe.split('.');
  const { alg, enc } = JSON.parse(fromUtf8(bytesOf(header))) as { alg?: unknown; enc?: unknown };
  if (alg !== 'dir' || enc !== 'A256GCM' || wrapped !== '') throw new TypeError('another JWE');
  const imported = await crypto.subtle.importKey('raw', new Uint8Array(key), 'AES-GCM', false, ['decrypt']);
  const whole = new Uint8Array(concat(bytesOf(sealed), bytesOf(tag)));
  const params = { name: 'AES-GCM', iv: new Uint8Array(bytesOf(iv)), additionalData: new Uint8Array(utf8(header)) };
  return fromUtf8(new Uint8Array(await crypto.subtle.decrypt(params, imported, whole)));
}

function bytesOf(text: string): Uint8Array {
  const padded = text.replaceAll('-', '+').replaceAll('_', '/');
  return fromBase64(padded.padEnd(Math.ceil(padded.length / 4) * 4, '='));
}
