/** Camera and microphone for a video visit. */

/** Why there is no sound or no picture. */
export type MediaFault = 'absent' | 'refused' | 'busy';

export class NoMedia extends Error {
  readonly fault: MediaFault;

  constructor(fault: MediaFault, cause?: unknown) {
    super(`media: ${fault}`, { cause });
    this.fault = fault;
  }
}

interface MediaChoice {
  /** Device ids; '' for the browser's own choice. */
  readonly camera: string;
  readonly microphone: string;
  readonly withPicture: boolean;
}

interface CallMedia {
  readonly stream: MediaStream;
  /** A picture was wanted and there is none: the visit goes on with sound. */
  readonly pictureFault: MediaFault | undefined;
}

const PICTURE = { width: { ideal: 640 }, height: { ideal: 480 }, frameRate: { ideal: 24, max: 30 } } as const;
const SOUND = { echoCancellation: true, noiseSuppression: true, autoGainControl: true } as const;

/** Sound always; a picture when it is wanted and can be had. @throws {NoMedia} without sound. */
export async function openMedia({ camera, microphone, withPicture }: MediaChoice): Promise<CallMedia> {
  const audio = microphone ? { ...SOUND, deviceId: microphone } : SOUND;
  const video = camera ? { ...PICTURE, deviceId: camera } : PICTURE;
  if (withPicture) {
    try {
      return { stream: await given({ audio, video }), pictureFault: undefined };
    } catch (cause) {
      if (!(cause instanceof NoMedia)) throw cause;
      return { stream: await given({ audio }), pictureFault: cause.fault };
    }
  }
  return { stream: await given({ audio }), pictureFault: undefined };
}

export function closeMedia(stream: MediaStream | undefined): void {
  for (const track of stream?.getTracks() ?? []) track.stop();
}

/** Names are known once a stream was given. */
export async function mediaDevices(kind: 'audioinput' | 'videoinput'): Promise<MediaDeviceInfo[]> {
  const all = await navigator.mediaDevices.enumerateDevices();
  return all.filter((device) => device.kind === kind && device.deviceId !== '');
}

/** How loud the microphone is, 0 to 1, until the returned function is called. */
export function listen(stream: MediaStream, onLevel: (level: number) => void): () => void {
  const context = new AudioContext();
  const meter = context.createAnalyser();
  meter.fftSize = 512;
  context.createMediaStreamSource(stream).connect(meter);
  const samples = new Float32Array(meter.fftSize);
  const timer = setInterval(() => {
    meter.getFloatTimeDomainData(samples);
    const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
    onLevel(Math.min(1, Math.sqrt(power) * 6));
  }, 100);
  return () => {
    clearInterval(timer);
    void context.close();
  };
}

async function given(wish: MediaStreamConstraints): Promise<MediaStream> {
  // Pages that are not safe have none (an address on the network without TLS).
  if (!navigator.mediaDevices) throw new NoMedia('absent');
  try {
    return await navigator.mediaDevices.getUserMedia(wish);
  } catch (cause) {
    const name = cause instanceof Error ? cause.name : '';
    throw new NoMedia(name === 'NotAllowedError' ? 'refused' : name === 'NotReadableError' ? 'busy' : 'absent', cause);
  }
}
