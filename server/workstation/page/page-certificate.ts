/** The certificate under which a computer serves on the clinic's network: by the region's authority, for the device's own TLS key. */
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { Failure } from '../../../shared/outcome/failure.ts';
import { certificateServes, type KeyAndCertificate, makeRequest } from '../../identity/certificates.ts';
import type { HubClient } from '../../sync/hub-client.ts';
import type { Installation } from '../folder/installation.ts';

/** What serving on the clinic's network stands on. */
export interface PageGround {
  /** Device id, hexadecimal. */
  readonly device: string;
  /** The region's authority, PEM: whoever connects has to trust it. */
  readonly authority: string;
  /** As `pageCertificate`. */
  certificate(names: readonly string[]): Promise<KeyAndCertificate>;
}

interface PageGroundParts {
  readonly installation: Installation;
  /** Device id, hexadecimal. */
  readonly device: string;
  /** PKCS#8, PEM. */
  readonly tlsKey: string;
  readonly authority: string;
  readonly clock: () => number;
  askHub<T>(ask: (client: HubClient) => Promise<T>): Promise<T>;
}

export const pageGround = ({ installation, device, tlsKey, authority, clock, askHub }: PageGroundParts): PageGround => ({
  device,
  authority,
  certificate: (names) =>
    pageCertificate(
      { names, device, tlsKey, authority, now: clock() },
      {
        askHub,
        read: () => installation.text('page-certificate'),
        write: (certificate) => installation.remember({ 'page-certificate': certificate }),
      },
    ),
});

interface PageCertificateOrder {
  /** Addresses and names of the local network. */
  readonly names: readonly string[];
  /** Device id, hexadecimal. */
  readonly device: string;
  /** PKCS#8, PEM. */
  readonly tlsKey: string;
  /** PEM. */
  readonly authority: string;
  readonly now: number;
}

interface PageCertificateEdges {
  askHub<T>(ask: (client: HubClient) => Promise<T>): Promise<T>;
  /** PEM, as it was kept. */
  read(): Promise<string | undefined>;
  write(certificate: string): Promise<void>;
}

/**
 * The one that is kept, as long as it names all of `names` and holds for thirty days more; else a new one of the hub. While the hub is away
 * the kept one serves to its last day.
 * @throws {Failure} `hub.page-names`, `hub.page-device`, `sync.hub-unreachable`, `lan.certificate`.
 */
async function pageCertificate(order: PageCertificateOrder, edges: PageCertificateEdges): Promise<KeyAndCertificate> {
  const { names, device, tlsKey, now } = order;
  const kept = await edges.read();
  const serves = (certificate: string, days?: number): boolean =>
    isOurs(certificate, order) && certificateServes(certificate, names, now, days);
  if (kept && serves(kept)) return { privateKey: tlsKey, certificate: kept };
  try {
    const asked = { request: makeRequest(tlsKey, device), names };
    const { certify } = await edges.askHub((hub) => hub.ask<{ certify: { certificate: string } }>('Certify', asked));
    if (!serves(certify.certificate, 0))
      throw new Failure('lan.certificate', 'The hub gave a certificate that is not for this computer. Nothing of it was used.');
    await edges.write(certify.certificate);
    return { privateKey: tlsKey, certificate: certify.certificate };
  } catch (error) {
    if (kept && serves(kept, 0)) return { privateKey: tlsKey, certificate: kept };
    throw error;
  }
}

/** Whether it is for this computer's key and by the region's authority. */
function isOurs(certificate: string, { tlsKey, authority }: PageCertificateOrder): boolean {
  const read = new X509Certificate(certificate);
  return read.checkPrivateKey(createPrivateKey(tlsKey)) && read.verify(new X509Certificate(authority).publicKey);
}
