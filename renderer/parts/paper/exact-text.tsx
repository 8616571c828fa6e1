import { Code, ScrollArea, Text } from '@mantine/core';
import { useId } from 'react';
import { IsolatedText } from '../words/isolated-text.tsx';

/** Text exactly as it is, or will be, signed or stored: every character, nothing interpreted. */
export function ExactText({ label, text, height = 260 }: { label: string; text: string; height?: number }) {
  const id = useId();
  return (
    <div>
      <Text size="sm" fw={600} id={id} mb={4}>
        {label}
      </Text>
      <ScrollArea.Autosize mah={height} type="auto" viewportProps={{ tabIndex: 0, role: 'region', 'aria-labelledby': id }}>
        <Code block dir="auto" style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
          <IsolatedText text={text} />
        </Code>
      </ScrollArea.Autosize>
    </div>
  );
}
