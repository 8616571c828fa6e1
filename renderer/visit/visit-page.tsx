import { useEffect, useMemo, useRef, useState } from 'react';
import { readCallLink } from '../../shared/telemedicine/call-signal.ts';
import { filled, type VisitPhrases, visitLanguage, visitLanguages, visitWords } from '../language/visit-words.ts';
import { closeMedia, listen, type MediaFault, NoMedia, openMedia } from '../parts/call-media.ts';
import { GUEST_BEGINS, GuestCall, type GuestScene } from './guest-call.ts';

/** The patient's page of a video visit: their own picture first, then the clinic. */
export function VisitPage({ fragment }: { fragment: string }) {
  const link = useMemo(() => readCallLink(fragment), [fragment]);
  const [language, setLanguage] = useState(() => visitLanguage(navigator.languages));
  const words: VisitPhrases = visitWords[language];
  const [media, setMedia] = useState<MediaStream | null>(null);
  const [call, setCall] = useState<GuestCall | null>(null);
  const [scene, setScene] = useState<GuestScene>(GUEST_BEGINS);

  useEffect(() => {
    document.documentElement.lang = language;
    document.documentElement.dir = language === 'ar' ? 'rtl' : 'ltr';
    document.title = words.title;
  }, [language, words]);
  const isOver = ENDS.has(scene.state);
  useEffect(() => {
    if (isOver) closeMedia(media ?? undefined);
  }, [isOver, media]);

  const join = (stream: MediaStream): void => {
    if (!link) return;
    const begun = new GuestCall(link, stream, setScene);
    setCall(begun);
    void begun.join();
  };
  return (
    <main>
      <header>
        <h1>{words.title}</h1>
        <select
          aria-label={words.language}
          value={language}
          onChange={(event) => setLanguage(visitLanguage([event.target.value]))}
        >
          {visitLanguages.map((each) => (
            <option key={each} value={each}>
              {new Intl.DisplayNames([each], { type: 'language' }).of(each)}
            </option>
          ))}
        </select>
      </header>
      {link ? null : <p role="alert">{words.badLink}</p>}
      {link && !call ? <Before words={words} media={media} onMedia={setMedia} onJoin={join} /> : null}
      {call && media ? <During words={words} call={call} scene={scene} media={media} /> : null}
      <footer>{filled(words.trust, { host: window.location.host })}</footer>
    </main>
  );
}

const ENDS: ReadonlySet<GuestScene['state']> = new Set(['left', 'over', 'used', 'forged', 'oldBrowser']);
const FAULTS = { absent: 'micAbsent', refused: 'micRefused', busy: 'micBusy' } as const;

interface BeforeProps {
  readonly words: VisitPhrases;
  readonly media: MediaStream | null;
  readonly onMedia: (stream: MediaStream) => void;
  readonly onJoin: (stream: MediaStream) => void;
}

/** Camera and microphone, seen and heard by nobody else yet. */
function Before({ words, media, onMedia, onJoin }: BeforeProps) {
  const [fault, setFault] = useState<MediaFault | null>(null);
  const [level, setLevel] = useState(0);
  useEffect(() => (media ? listen(media, setLevel) : undefined), [media]);

  const open = async (withPicture: boolean): Promise<void> => {
    closeMedia(media ?? undefined);
    setFault(null);
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

interface DuringProps {
  readonly words: VisitPhrases;
  readonly call: GuestCall;
  readonly scene: GuestScene;
  readonly media: MediaStream;
}

function During({ words, call, scene, media }: DuringProps) {
  const [sound, setSound] = useState(true);
  const [picture, setPicture] = useState(media.getVideoTracks().length > 0);
  const hasCamera = media.getVideoTracks().length > 0;
  const isPictureOn = picture && !scene.soundOnly;
  const said = filled(words[scene.state], { clinic: scene.with?.clinic ?? '', clinician: scene.with?.clinician ?? '' });
  if (ENDS.has(scene.state)) return <p role="alert">{said}</p>;
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
