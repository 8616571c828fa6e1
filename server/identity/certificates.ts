/**
 * Certificates for the line between devices and their hub. node-forge writes and reads the structures and decides
 * nothing: keys are made, requests and certificates signed, and signatures verified by node:crypto, chains by the TLS
 * stack. A certificate says which device is on the line; what the device may do, the ledger says.
 */
import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPair,
  type KeyObject,
  randomBytes,
  sign,
  verify,
  X509Certificate,
} from 'node:crypto';
import { isIP } from 'node:net';
import forge from 'node-forge';
import { Failure } from '../../shared/outcome/failure.ts';
import { DEVICE_URN, PAGE_URN } from './peer-names.ts';

const DAY_MS = 86_400_000;
const AUTHORITY_DAYS = 3653;
const SERVER_DAYS = 90;
const DEVICE_CERTIFICATE_DAYS = 90;
/** Clocks differ: a certificate holds from a little before it was made. */
const BACKDATE_MS = 3_600_000;
/** A server certificate is replaced when less than this is left. */
const RENEWAL_DAYS = 30;
const KEY_BITS = 3072;
const MAX_KEY_BITS = 4096;
const MAX_REQUEST_CHARACTERS = 8192;

export interface KeyAndCertificate {
  /** PKCS#8, PEM. */
  readonly privateKey: string;
  /** X.509, PEM. */
  readonly certificate: string;
}

/** A new RSA-3072 key for TLS: PKCS#8, PEM. */
export function newTlsKey(): Promise<string> {
  return new Promise((resolve, reject) => {
    generateKeyPair('rsa', { modulusLength: KEY_BITS, publicExponent: 0x10001 }, (error, _, privateKey) =>
      error ? reject(error) : resolve(privateKey.export({ type: 'pkcs8', format: 'pem' }) as string),
    );
  });
}

/** The hub's own certificate authority, good for ten years; it signs devices and the hub's server, no other authority. */
export async function makeAuthority(): Promise<KeyAndCertificate> {
  const privateKey = await newTlsKey();
  const name = `Careledger authority ${randomBytes(8).toString('hex')}`;
  const certificate = writeCertificate({
    issuer: name,
    subject: name,
    publicKey: createPublicKey(privateKey),
    days: AUTHORITY_DAYS,
    extensions: [
      { name: 'basicConstraints', cA: true, pathLenConstraint: 0, critical: true },
      { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
      { name: 'subjectKeyIdentifier' },
    ],
    signer: createPrivateKey(privateKey),
  });
  return { privateKey, certificate };
}

/** A server certificate for the loopback names and `hosts` (DNS names and IP addresses). */
export async function makeServerCertificate(authority: KeyAndCertificate, hosts: readonly string[]): Promise<KeyAndCertificate> {
  const privateKey = await newTlsKey();
  const certificate = writeCertificate({
    issuer: commonNameOf(authority.certificate),
    subject: 'Careledger hub',
    publicKey: createPublicKey(privateKey),
    days: SERVER_DAYS,
    extensions: [...leafExtensions('serverAuth'), { name: 'subjectAltName', altNames: [...serverNames(hosts)].map(altName) }],
    signer: createPrivateKey(authority.privateKey),
  });
  return { privateKey, certificate };
}

/** Whether the hub's server certificate still holds for a while and names every one of `hosts`. */
export function serverCertificateServes(certificate: string, hosts: readonly string[], now: number): boolean {
  return certificateServes(certificate, [...serverNames(hosts)], now);
}

/** Whether a certificate names every one of `hosts` and still holds for `days`, thirty unless said otherwise. */
export function certificateServes(certificate: string, hosts: readonly string[], now: number, days = RENEWAL_DAYS): boolean {
  const read = new X509Certificate(certificate);
  const named = (host: string): boolean => (isIP(host) ? read.checkIP(host) : read.checkHost(host)) !== undefined;
  return read.validToDate.getTime() - now > days * DAY_MS && hosts.every(named);
}

const altName = (host: string): object => (isIP(host) ? { type: 7, ip: host } : { type: 2, value: host });

const serverNames = (hosts: readonly string[]): Set<string> => new Set(['localhost', '127.0.0.1', '::1', ...hosts]);

/**
 * A certificate request (PKCS#10, PEM) for the TLS key of a device.
 * @param privateKey RSA-3072, PKCS#8, PEM. @param device the device id: its Ed25519 key in lower-case hexadecimal.
 */
export function makeRequest(privateKey: string, device: string): string {
  const key = createPrivateKey(privateKey);
  const request = forge.pki.createCertificationRequest();
  request.publicKey = forgeKey(createPublicKey(key));
  request.setSubject([{ name: 'commonName', value: device }]);
  request.sign(
    signerOf(key, () => request.certificationRequestInfo as forge.asn1.Asn1),
    forge.md.sha256.create(),
  );
  return forge.pki.certificationRequestToPem(request);
}

/** The DER bytes of a request: what a device key signs when it enrols. @throws {Failure} `identity.request-malformed`. */
export function requestBytes(request: string): Uint8Array {
  if (request.length > MAX_REQUEST_CHARACTERS) throw malformedRequest('it is too long');
  const body = /^-----BEGIN CERTIFICATE REQUEST-----([A-Za-z0-9+/=\r\n]+)-----END CERTIFICATE REQUEST-----\s*$/.exec(request);
  if (!body) throw malformedRequest('it is not a PEM certificate request');
  return new Uint8Array(Buffer.from(body[1] as string, 'base64'));
}

/**
 * Certifies the TLS key of `device` for 90 days. Whoever asks has shown possession of the key by the request's own
 * signature, and of the device key elsewhere. Of the request only the key is used: names and extensions are ours.
 * @throws {Failure} `identity.request-malformed`, `identity.request-weak`, `identity.request-forged`.
 */
export function signRequest(
  authority: KeyAndCertificate,
  request: string,
  device: string,
): { certificate: string; expires: number } {
  const certificate = writeCertificate({
    issuer: commonNameOf(authority.certificate),
    subject: 'Careledger device',
    publicKey: keyOfRequest(requestBytes(request)),
    days: DEVICE_CERTIFICATE_DAYS,
    extensions: [
      // At its clinic's host a device stands on the other side of the line as well; without a name it can never stand for a hub.
      ...leafExtensions('clientAuth', 'serverAuth'),
      { name: 'subjectAltName', altNames: [{ type: 6, value: `${DEVICE_URN}${device}` }] },
    ],
    signer: createPrivateKey(authority.privateKey),
  });
  return { certificate, expires: new X509Certificate(certificate).validToDate.getTime() };
}

/**
 * Certifies the TLS key of a kiosk or a workstation for `names` of its clinic's network, for 90 days: browsers and programs meet it under
 * them. It is no device's
 * certificate, and `isPageCertificate` knows it, so that it stands neither for a device nor for a hub.
 * @throws {Failure} as `signRequest`.
 */
export function signPageRequest(
  authority: KeyAndCertificate,
  request: string,
  device: string,
  names: readonly string[],
): { certificate: string; expires: number } {
  const certificate = writeCertificate({
    issuer: commonNameOf(authority.certificate),
    subject: 'Careledger',
    publicKey: keyOfRequest(requestBytes(request)),
    days: DEVICE_CERTIFICATE_DAYS,
    extensions: [
      ...leafExtensions('serverAuth'),
      { name: 'subjectAltName', altNames: [...names.map(altName), { type: 6, value: `${PAGE_URN}${device}` }] },
    ],
    signer: createPrivateKey(authority.privateKey),
  });
  return { certificate, expires: new X509Certificate(certificate).validToDate.getTime() };
}

/** SHA-256 of a certificate's DER: 32 bytes. */
function fingerprint(der: Uint8Array): Uint8Array {
  return new Uint8Array(createHash('sha256').update(der).digest());
}

/** SHA-256 of the DER of a certificate in PEM. */
export function fingerprintOfPem(certificate: string): Uint8Array {
  return fingerprint(new X509Certificate(certificate).raw);
}

function keyOfRequest(der: Uint8Array): KeyObject {
  const { asn1 } = forge;
  let info: forge.asn1.Asn1;
  let algorithm: string;
  let signature: Buffer;
  let publicKey: KeyObject;
  try {
    const options = { strict: true, parseAllBytes: true } as unknown as boolean;
    const [first, second, third] = partsOf(asn1.fromDer(Buffer.from(der).toString('binary'), options));
    info = first;
    algorithm = asn1.derToOid(partsOf(second)[0].value as string);
    // A BIT STRING begins with the count of its unused bits.
    signature = Buffer.from((third.value as string).slice(1), 'binary');
    publicKey = createPublicKey({ key: derOf(partsOf(info)[2]), format: 'der', type: 'spki' });
  } catch {
    throw malformedRequest('its structure cannot be read');
  }
  const { modulusLength, publicExponent } = publicKey.asymmetricKeyDetails ?? {};
  const bits = modulusLength ?? 0;
  if (publicKey.asymmetricKeyType !== 'rsa' || bits < KEY_BITS || bits > MAX_KEY_BITS || publicExponent !== 0x10001n)
    throw new Failure(
      'identity.request-weak',
      `A certificate request needs an RSA key of ${KEY_BITS} to ${MAX_KEY_BITS} bits with the exponent 65537.`,
    );
  if (algorithm !== forge.pki.oids.sha256WithRSAEncryption || !verify('sha256', derOf(info), publicKey, signature))
    throw new Failure('identity.request-forged', 'A certificate request is not signed by the key that it names.');
  return publicKey;
}

/** The parts of a structure that has at least three; `keyOfRequest` turns what is missing into a refusal. */
const partsOf = ({ value }: forge.asn1.Asn1) => value as [forge.asn1.Asn1, forge.asn1.Asn1, forge.asn1.Asn1];

const malformedRequest = (why: string): Failure =>
  new Failure('identity.request-malformed', `This is not a certificate request: ${why}. Make a new one.`);

interface CertificatePlan {
  readonly issuer: string;
  readonly subject: string;
  readonly publicKey: KeyObject;
  readonly days: number;
  readonly extensions: object[];
  readonly signer: KeyObject;
}

function writeCertificate(plan: CertificatePlan): string {
  const certificate = forge.pki.createCertificate();
  certificate.publicKey = forgeKey(plan.publicKey);
  certificate.serialNumber = newSerial();
  const now = Date.now();
  certificate.validity.notBefore = new Date(now - BACKDATE_MS);
  certificate.validity.notAfter = new Date(now + plan.days * DAY_MS);
  certificate.setSubject([{ name: 'commonName', value: plan.subject }]);
  certificate.setIssuer([{ name: 'commonName', value: plan.issuer }]);
  certificate.setExtensions(plan.extensions);
  certificate.sign(
    signerOf(plan.signer, () => certificate.tbsCertificate),
    forge.md.sha256.create(),
  );
  return forge.pki.certificateToPem(certificate);
}

const leafExtensions = (...uses: Array<'serverAuth' | 'clientAuth'>): object[] => [
  { name: 'basicConstraints', cA: false, critical: true },
  { name: 'keyUsage', digitalSignature: true, critical: true },
  { name: 'extKeyUsage', ...Object.fromEntries(uses.map((use) => [use, true])) },
];

/** 16 random bytes as a positive integer without leading zeroes (RFC 5280 section 4.1.2.2). */
function newSerial(): string {
  const bytes = randomBytes(16);
  bytes[0] = ((bytes[0] as number) & 0x3f) | 0x40;
  return bytes.toString('hex');
}

function commonNameOf(certificate: string): string {
  return forge.pki.certificateFromPem(certificate).subject.getField('CN').value as string;
}

const derOf = (value: forge.asn1.Asn1): Buffer => Buffer.from(forge.asn1.toDer(value).getBytes(), 'binary');

const forgeKey = (key: KeyObject): forge.pki.rsa.PublicKey =>
  forge.pki.publicKeyFromPem(key.export({ type: 'spki', format: 'pem' }) as string);

/** In the place of a forge key: forge lays out what is to be signed, node:crypto signs it, a hundred times as fast. */
function signerOf(key: KeyObject, toSign: () => forge.asn1.Asn1): forge.pki.rsa.PrivateKey {
  const signer = { sign: (): string => sign('sha256', derOf(toSign()), key).toString('binary') };
  return signer as unknown as forge.pki.rsa.PrivateKey;
}
