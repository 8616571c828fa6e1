/** Reading the page to the person, by the platform's own speech. */
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';

const speech = window.speechSynthesis as SpeechSynthesis | undefined;

// A browser may go on reading what stood on a page that is gone.
window.addEventListener('pagehide', hush);

/** Nothing more is read: of a screen that goes, and of a person who has left. */
export function hush(): void {
  speech?.cancel();
}

/** Somebody is being read to. */
export const isReading = (): boolean => speech?.speaking === true;

/** What is being read stops with the part of the page that calls this. */
export const useHushAfter = (): void => useEffect(() => hush, []);

/** Voices of this machine only: what is read must not go to anybody's server. */
const voiceOf = (language: string): SpeechSynthesisVoice | undefined =>
  speech?.getVoices().find((one) => one.localService && one.lang.toLowerCase().startsWith(language));

function say(text: string, voice: SpeechSynthesisVoice, onOver?: () => void): void {
  const words = new SpeechSynthesisUtterance(text);
  words.voice = voice;
  words.lang = voice.lang;
  // Of what is cut off the platform tells as of an error.
  words.onend = words.onerror = () => onOver?.();
  speech?.speak(words);
}

/** Who listens and does not look hears this in place of what was being read; nobody else hears anything. */
export function useSaidInstead(text: string): void {
  const { i18n } = useTranslation('kiosk');
  useEffect(() => {
    const voice = voiceOf(i18n.language);
    if (!isReading() || !voice) return;
    hush();
    say(text, voice);
  }, [text, i18n.language]);
}

interface ReadAloud {
  readonly reading: boolean;
  toggle(): void;
}

/** Undefined where the platform has no voice of this language. */
export function useReadAloud(): ReadAloud | undefined {
  const { i18n } = useTranslation('kiosk');
  const [reading, setReading] = useState(false);
  const [voice, setVoice] = useState<SpeechSynthesisVoice | undefined>();

  useEffect(() => {
    if (!speech) return undefined;
    const find = (): void => setVoice(voiceOf(i18n.language));
    find();
    speech.addEventListener('voiceschanged', find);
    return () => {
      speech.removeEventListener('voiceschanged', find);
      hush();
    };
  }, [i18n.language]);

  if (!voice) return undefined;
  return {
    reading,
    toggle: () => {
      hush();
      if (reading) return setReading(false);
      say(document.getElementById('kiosk-page')?.innerText ?? '', voice, () => setReading(false));
      setReading(true);
    },
  };
}
