import { describe, expect, test } from 'vitest';
import { narrativeFault } from '../../shared/fhir/narrative.ts';

const div = (inside: string): string => `<div xmlns="http://www.w3.org/1999/xhtml">${inside}</div>`;

describe('a narrative', () => {
  test.each([
    ['a script', '<script>alert(1)</script>'],
    ['a script in capitals', '<SCRIPT>alert(1)</SCRIPT>'],
    ['a script with a prefix', '<x:script>alert(1)</x:script><script/>'],
    ['an event', '<img src="a.png" onerror="alert(1)"/>'],
    ['an event with a slash before it', '<img/onerror="alert(1)"/>'],
    ['a frame', '<iframe src="https://example.org"></iframe>'],
    ['an object', '<object data="x"></object>'],
    ['a form', '<form action="https://example.org"><input name="a"/></form>'],
    ['a link to code', '<a href="javascript:alert(1)">x</a>'],
    ['a link to code with entities', '<a href="&#106;ava&#x73;cript&colon;alert(1)">x</a>'],
    ['a link to code with white space', '<a href=" java\n\tscript:alert(1)">x</a>'],
    ['a link to data', '<a href="data:text/html,x">x</a>'],
    ['a drawing', '<svg><circle/></svg>'],
    ['an image of markup', '<img src="data:image/svg+xml;base64,AA=="/>'],
    ['a style that loads', '<p style="background:url(https://example.org/a)">x</p>'],
    ['a style that hides what it loads', '<p style="background:u\\rl(x);width:exp/**/ression(1)">x</p>'],
    ['a style element', '<style>p{}</style>'],
    ['a declaration', '<!DOCTYPE html>'],
    ['a processing instruction', '<?xml-stylesheet href="x"?>'],
    ['a comment without an end', '<!-- <b>'],
    ['CDATA', '<![CDATA[<script>]]>'],
    ['a tag without an end', '<b'],
    ['an attribute without quotes', '<img src=x onerror=alert(1)>'],
    ['a bare angle bracket', '1 < 2'],
  ])('with %s is refused', (_, inside) => {
    expect(narrativeFault(div(inside))?.active).toBe(true);
  });

  test('of headings, tables, images of the record and links is passive', () => {
    const inside =
      '<h2 class="a">T &amp; T</h2><!-- note --><table border="1"><tr><td style="color: red">1 &lt; 2</td></tr></table>' +
      '<img src=\'#pic\'/><img alt="" src="data:image/png;base64,AA=="/><a href="https://example.org/?a=1">more</a><br/>';
    expect(narrativeFault(div(inside))).toBeUndefined();
  });

  test('whose style begins comment after comment is judged like any other', () => {
    const begun = '/*x'.repeat(200_000);
    expect(narrativeFault(div(`<p style="color:red;${begun}">x</p>`))).toBeUndefined();
    expect(narrativeFault(div(`<p style="width:exp/* */ression(1);${begun}">x</p>`))?.active).toBe(true);
  });

  test('with an element out of place is only reported', () => {
    expect(narrativeFault(div('<article>x</article>'))?.active).toBe(false);
  });

  test('of a megabyte of angle brackets is judged at once', () => {
    const started = performance.now();
    for (const hostile of ['<', '<a ', '<a href="', '<!--', "<a b='"]) narrativeFault(hostile.repeat(1_000_000 / hostile.length));
    expect(performance.now() - started).toBeLessThan(1000);
  });
});
