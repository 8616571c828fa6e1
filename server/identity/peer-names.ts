/** What a verified certificate says about who is on the line. Apart from the making of certificates: a thread that only asks a hub loads no more. */

export const DEVICE_URN = 'urn:careledger:device:';
export const PAGE_URN = 'urn:careledger:page:';

/** Of a certificate as Node gives it. */
interface Peer {
  readonly subjectaltname?: string | undefined;
}

/** Whether a verified peer certificate is one under which a computer serves on its clinic's network. */
export const isPageCertificate = (peer: Peer): boolean => (peer.subjectaltname ?? '').includes(`URI:${PAGE_URN}`);

/** The device that a verified peer certificate names (hexadecimal), or undefined. */
export function deviceOfCertificate(peer: Peer): string | undefined {
  return /^URI:urn:careledger:device:([0-9a-f]{64})$/.exec(peer.subjectaltname ?? '')?.[1];
}
