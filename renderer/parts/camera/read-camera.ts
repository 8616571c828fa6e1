/** Reads a QR code from this computer's camera. No frame leaves the page, and none is kept: each is looked at and painted over. */
import decodeQR from 'qr/decode.js';

/** Milliseconds after which a camera that saw nothing goes off. */
const CAMERA_TIME = 30_000;
/** Between two looks; the page stays quick to the touch. */
const PAUSE = 120;
/** Pixels of the longer side: a card held at arm's length is read, and a look takes a few milliseconds. */
const SIDE = 800;

/** Why the camera gave no picture, or no more. */
export type CameraFault = 'absent' | 'refused' | 'busy' | 'gone';

export class NoCamera extends Error {
  readonly fault: CameraFault;

  constructor(fault: CameraFault, cause?: unknown) {
    super(`camera: ${fault}`, { cause });
    this.fault = fault;
  }
}

interface CameraReading {
  /** Shows the person what the camera sees. */
  readonly video: HTMLVideoElement;
  readonly signal: AbortSignal;
  accepts(text: string): boolean;
  /** The camera is on from now until the reading ends. */
  onPicture(): void;
  /** A QR code of something else was seen. */
  onOther(): void;
}

/** The text of the first code that is accepted; undefined when it was ended, or after half a minute. @throws {NoCamera} */
export async function readCamera({ video, signal, accepts, onPicture, onOther }: CameraReading): Promise<string | undefined> {
  const stream = await cameraStream();
  const canvas = document.createElement('canvas');
  try {
    if (signal.aborted) return undefined;
    video.srcObject = stream;
    await video.play();
    onPicture();
    for (const until = performance.now() + CAMERA_TIME; performance.now() < until && !signal.aborted; ) {
      if (!stream.active) throw new NoCamera('gone');
      const text = codeIn(video, canvas);
      if (text !== undefined && accepts(text)) return text;
      if (text !== undefined) onOther();
      await new Promise((resolve) => setTimeout(resolve, PAUSE));
    }
    return undefined;
  } finally {
    for (const track of stream.getTracks()) track.stop();
    video.srcObject = null;
    canvas.width = 0;
    canvas.height = 0;
  }
}

/** Pictures alone, never sound. */
async function cameraStream(): Promise<MediaStream> {
  // Pages that are not safe have none (an address on the network without TLS).
  if (!navigator.mediaDevices) throw new NoCamera('absent');
  try {
    return await navigator.mediaDevices.getUserMedia({ audio: false, video: { facingMode: 'user', width: { ideal: 1280 } } });
  } catch (cause) {
    const name = cause instanceof Error ? cause.name : '';
    throw new NoCamera(name === 'NotAllowedError' ? 'refused' : name === 'NotReadableError' ? 'busy' : 'absent', cause);
  }
}

function codeIn(video: HTMLVideoElement, canvas: HTMLCanvasElement): string | undefined {
  const scale = Math.min(1, SIDE / Math.max(video.videoWidth, video.videoHeight));
  const width = Math.round(video.videoWidth * scale);
  const height = Math.round(video.videoHeight * scale);
  if (width === 0 || height === 0) return undefined;
  if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
  const brush = canvas.getContext('2d', { willReadFrequently: true, alpha: false });
  if (!brush) return undefined;
  brush.drawImage(video, 0, 0, width, height);
  try {
    return decodeQR({ width, height, data: brush.getImageData(0, 0, width, height).data });
  } catch {
    // No code, or not whole.
    return undefined;
  }
}
