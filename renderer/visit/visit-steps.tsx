/** The steps of a video visit at the patient's end: camera and microphone, then the call. On the hub's page, and at a kiosk. */
import { useEffect, useRef, useState } from 'react';
import { filled, type VisitPhrases } from '../language/visit-words.ts';
import { closeMedia, listen, type MediaFault, NoMedia, openMedia } from '../parts/call/call-media.ts';
import { type CameraGate, openGate } from '../parts/camera/camera-gate.ts';
import type { GuestCall, GuestScene } from './guest-call.ts';

/** States after which nothing comes. */
export const VISIT_ENDS: ReadonlySet<GuestScene['state']> = new Set(['left', 'over', 'used', 'forged', 'oldBrowser']);
const FAULTS = { absent: 'micAbsent', refused: 'micRefused', busy: 'micBusy' } as const;

interface VisitBeforeProps {
  readonly words: VisitPhrases;
  readonly media: MediaStream | null;
  readonly onMedia: (stream: MediaStream) => void;
  /** Tells whoever holds the page that it wants camera and microphone. */
  readonly gate?: CameraGate;
  readonly onJoin: (stream: MediaStream) => void;
}

/** Camera and microphone, seen and heard by nobody else yet. */
export function VisitBefore({ words, media, onMedia, onJoin, gate = openGate }: VisitBeforeProps) {
  const [fault, setFault] = useState<MediaFault | null>(null);
  const [level, setLevel] = useState(0);
  useEffect(() => (media ? listen(media, setLevel) : undefined), [media]);

  const open = async (withPicture: boolean): Promise<void> => {
    closeMedia(media ?? undefined);
    setFault(null);
    await gate(true, true);
    const opened = await openMedia({ camera: '', microphone: '', withPicture }).catch((error: unknown) => error as NoMedia);
    if (opened instanceof NoMedia) setFault(opened.fault);
    else onMedia(opened.stream);
  };
  const hasPicture = (media?.getVideoTracks().length ?? 0) > 0;
  return (
    <>
      <p>{words.intro}</p>
      {fault ? <p role="alert">{words[FAULTS[fault]]}</p> : null}
      {media ? (
        <>
          <div className="stage">
            {hasPicture ? <Picture stream={media} label={words.ownPicture} mirrored /> : words.camFault}
          </div>
          <meter min={0} max={1} value={level} aria-label={words.level} />
          <div className="actions">
            <button type="button" className="main" onClick={() => onJoin(media)}>
              {words.join}
            </button>
            {hasPicture ? (
              <button type="button" onClick={() => void open(false)}>
                {words.soundOnly}
              </button>
            ) : null}
          </div>
        </>
      ) : (
        <>
          <p>{words.allowHint}</p>
          <div className="actions">
            <button type="button" className="main" onClick={() => void open(true)}>
              {words.allow}
            </button>
          </div>
        </>
      )}
    </>
  );
}

interface VisitDuringProps {
  readonly words: VisitPhrases;
  readonly call: GuestCall;
  readonly scene: GuestScene;
  readonly media: MediaStream;
}

/** The clinic's picture, one's own in its corner, and what can be switched. */
export function VisitDuring({ words, call, scene, media }: VisitDuringProps) {
  const [sound, setSound] = useState(true);
  const [picture, setPicture] = useState(media.getVideoTracks().length > 0);
  const hasCamera = media.getVideoTracks().length > 0;
  const isPictureOn = picture && !scene.soundOnly;
  const said = filled(words[scene.state], { clinic: scene.with?.clinic ?? '', clinician: scene.with?.clinician ?? '' });
  if (VISIT_ENDS.has(scene.state)) return <p role="alert">{said}</p>;
  return (
    <>
      <p role="status">{said}</p>
      <div className="stage">
        {scene.remote ? <Picture stream={scene.remote} label={words.clinicPicture} /> : null}
        {isPictureOn ? (
          <div className="own">
            <Picture stream={media} label={words.ownPicture} mirrored />
          </div>
        ) : null}
      </div>
      {scene.soundOnly ? <p role="status">{words.poorLine}</p> : null}
      <div className="actions">
        <button
          type="button"
          aria-pressed={!sound}
          onClick={() => {
            call.sendSound(!sound);
            setSound(!sound);
          }}
        >
          {sound ? words.mute : words.unmute}
        </button>
        <button
          type="button"
          disabled={!hasCamera}
          onClick={() => {
            call.sendPicture(!isPictureOn);
            setPicture(!isPictureOn);
          }}
        >
          {isPictureOn ? words.pictureOff : words.pictureOn}
        </button>
        <button type="button" className="end" onClick={() => void call.hangUp()}>
          {words.hangUp}
        </button>
      </div>
    </>
  );
}

function Picture({ stream, label, mirrored = false }: { stream: MediaStream; label: string; mirrored?: boolean }) {
  const video = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    if (video.current) video.current.srcObject = stream;
  }, [stream]);
  return (
    <video ref={video} className={mirrored ? 'mirrored' : ''} aria-label={label} autoPlay playsInline muted={mirrored}>
      <track kind="captions" />
    </video>
  );
}
