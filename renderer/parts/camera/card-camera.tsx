import { Button, Group, Stack, Text } from '@mantine/core';
import { IconCamera, IconCameraOff, IconPointFilled } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { quietly } from '../quietly.ts';
import { useCameraGate } from './camera-gate.ts';
import { type CameraFault, NoCamera, readCamera } from './read-camera.ts';

type CameraWord = 'start' | 'stop' | 'starting' | 'on' | 'picture' | 'other' | 'late' | CameraFault;

interface CardCameraProps {
  /** The words, in the language of the screen around it. */
  readonly say: (word: CameraWord) => string;
  readonly accepts: (text: string) => boolean;
  readonly onRead: (text: string) => void;
}

/** A button that turns the camera on; it goes off as soon as a code is read, after half a minute, and when this leaves the screen. */
export function CardCamera({ say, accepts, onRead }: CardCameraProps) {
  const gate = useCameraGate();
  const [state, setState] = useState<'off' | 'starting' | 'on' | 'late' | CameraFault>('off');
  const [isOther, setOther] = useState(false);
  const video = useRef<HTMLVideoElement>(null);
  const running = useRef<AbortController | undefined>(undefined);
  const isRunning = state === 'starting' || state === 'on';

  useEffect(() => {
    const hidden = (): void => {
      if (document.hidden) running.current?.abort();
    };
    document.addEventListener('visibilitychange', hidden);
    return () => {
      document.removeEventListener('visibilitychange', hidden);
      running.current?.abort();
    };
  }, []);

  const start = async (): Promise<void> => {
    if (!video.current) return;
    const reading = new AbortController();
    running.current = reading;
    const { signal } = reading;
    setState('starting');
    setOther(false);
    try {
      await gate(true);
      const text = await readCamera({
        video: video.current,
        signal,
        accepts,
        onPicture: () => setState('on'),
        onOther: () => setOther(true),
      });
      setState(text === undefined && !signal.aborted ? 'late' : 'off');
      if (text !== undefined) onRead(text);
    } catch (error) {
      setState(error instanceof NoCamera ? error.fault : 'absent');
    } finally {
      quietly(gate(false));
    }
  };

  return (
    <Stack gap="xs" align="flex-start">
      <Button
        variant={isRunning ? 'filled' : 'outline'}
        leftSection={isRunning ? <IconCameraOff aria-hidden /> : <IconCamera aria-hidden />}
        onClick={() => (isRunning ? running.current?.abort() : void start())}
      >
        {say(isRunning ? 'stop' : 'start')}
      </Button>
      {/* Mirrored, as people know themselves; what is read is not. */}
      <video
        ref={video}
        muted
        playsInline
        aria-label={say('picture')}
        hidden={state !== 'on'}
        style={{ width: '100%', maxWidth: 480, borderRadius: 8, transform: 'scaleX(-1)' }}
      />
      <Group gap={4} wrap="nowrap" role="status">
        {state === 'on' ? <IconPointFilled aria-hidden size={28} color="var(--mantine-color-red-7)" /> : null}
        <Text size="sm">{state === 'off' ? '' : say(state === 'on' && isOther ? 'other' : state)}</Text>
      </Group>
    </Stack>
  );
}
