/** How a clinic's computers tell each other which of them serves the clinic while the hub is away, and where it is reached. */
import { concat, utf8 } from '../encoding/bytes.ts';
import { type Decoded, decode, encode, list, struct, text, u8, u64 } from '../encoding/codec.ts';
import { Failure } from '../outcome/failure.ts';

/** Kind of the message; sealed from device to device. */
export const CLINIC_HOST_MAIL = 'clinic-host';

const FORM = 1;
const announcementCodec = struct({
  form: u8,
  /** Milliseconds by the host's clock: the newest counts. */
  time: u64,
  /** Where it is reached, as `https://address:port`; none when it serves no more. */
  addresses: list(text(200), 32),
});
export type ClinicHostAnnouncement = Omit<Decoded<typeof announcementCodec>, 'form'>;

export const encodeAnnouncement = (announcement: ClinicHostAnnouncement): Uint8Array =>
  encode(announcementCodec, { form: FORM, ...announcement });

/** @throws {Failure} `encoding.malformed`, `sync.version-unknown`. */
export function decodeAnnouncement(bytes: Uint8Array): ClinicHostAnnouncement {
  const { form, ...announcement } = decode(announcementCodec, bytes);
  if (form !== FORM)
    throw new Failure(
      'sync.version-unknown',
      `A clinic host announced itself in form ${form}, which this program does not know.`,
    );
  return announcement;
}

/** What HPKE binds beside the message's kind and chain: between which two devices it goes. */
export const announcementContext = (sender: Uint8Array, recipient: Uint8Array): Uint8Array =>
  concat(utf8('clinic-host '), sender, recipient);

/** An address that a person typed, as `https://host:port`. @throws {Failure} `clinic-host.address`. */
export function clinicHostAddress(typed: string): string {
  const url = URL.parse(/^https:\/\//i.test(typed.trim()) ? typed.trim() : `https://${typed.trim()}`);
  if (!url?.port || url.pathname !== '/' || url.username !== '' || url.search !== '' || url.hash !== '')
    throw new Failure(
      'clinic-host.address',
      'Write the address of the clinic host with its port, for example 192.168.1.20:7450. It is shown on the Sync screen of that computer.',
    );
  return url.origin;
}

/** Where to listen, as `address:port`; port 0 takes a free one. @throws {Failure} `clinic-host.address`. */
export function listenAt(typed: string): { host: string; port: number } {
  const match = /^(\[[0-9a-fA-F:]+\]|[^\s:]+):(\d{1,5})$/.exec(typed.trim());
  const port = Number(match?.[2]);
  if (!match || !(port <= 65_535))
    throw new Failure(
      'clinic-host.address',
      'Write where this computer is to listen as address:port, for example 0.0.0.0:7450 for each of its networks.',
    );
  return { host: (match[1] as string).replace(/^\[|\]$/g, ''), port };
}
