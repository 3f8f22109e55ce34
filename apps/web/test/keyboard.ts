/** What stories that use no mouse share. */
import assert from 'node:assert/strict';
import type { Locator, Page } from 'playwright-core';
import { eventually } from './stories.ts';

/** What has the focus, in words, and whether that can be seen. */
interface Focus {
  readonly words: string;
  readonly isNothing: boolean;
  readonly isVisible: boolean;
}

async function focusOf(page: Page): Promise<Focus> {
  return page.evaluate(() => {
    const element = document.activeElement;
    if (element === null || element === document.body) {
      return { words: 'nothing', isNothing: true, isVisible: false };
    }
    const hasRing = (one: Element | null, pseudo?: string): boolean => {
      if (one === null) return false;
      const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(one, pseudo);
      return (outlineStyle !== 'none' && parseFloat(outlineWidth) >= 1) || boxShadow !== 'none';
    };
    // The page itself is no control. A radio button is shown by its option, a switch by its track.
    const around = [element, element.parentElement, element.nextElementSibling, element.closest('label')];
    const label = element.getAttribute('aria-label') ?? element.textContent.trim().slice(0, 60);
    return {
      words: `${element.tagName.toLowerCase()} ${element.id} ${label}`,
      isNothing: false,
      isVisible: element.id === 'page' || around.some((one) => hasRing(one)) || hasRing(element, '::after'),
    };
  });
}

/** Waits until something has the focus, and asserts that one can see that. */
export async function assertFocus(target: Locator): Promise<void> {
  const page = target.page();
  await target
    .and(page.locator(':focus'))
    .waitFor()
    .catch(async () => {
      assert.fail(`${(await focusOf(page)).words} has the focus, and not ${String(target)}`);
    });
  await assertVisibleFocus(page);
}

/** Asserts that something has the focus, and that one can see what. */
export async function assertVisibleFocus(page: Page): Promise<void> {
  // From what is removed it moves some frames later.
  await eventually(async () => (await focusOf(page)).isNothing, false);
  const { words, isVisible } = await focusOf(page);
  assert.equal(isVisible, true, `nobody sees that ${words} has the focus`);
}

/** Presses Tab, or Shift and Tab, until something has the focus; everything on the way can be seen. */
export async function tabTo(target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  const page = target.page();
  await target.first().waitFor();
  const passed: string[] = [];
  for (let presses = 0; presses < 150; presses += 1) {
    if ((await target.and(page.locator(':focus')).count()) > 0) return;
    await page.keyboard.press(key);
    const { words, isNothing, isVisible } = await focusOf(page);
    passed.push(words);
    if (!isNothing) assert.equal(isVisible, true, `nobody sees that ${words} has the focus`);
  }
  assert.fail(`${key} does not lead to ${String(target)}, but to ${passed.slice(-40).join(', ')}`);
}

/** Tabs to something and presses a key there. */
export async function press(target: Locator, key = 'Enter'): Promise<void> {
  await tabTo(target);
  await target.page().keyboard.press(key);
}

/** Tabs through a whole page, and asserts that one sees each stop. @returns what they are */
export async function walk(page: Page): Promise<readonly string[]> {
  const stops: string[] = [];
  for (let presses = 0; presses < 300; presses += 1) {
    await page.keyboard.press('Tab');
    const { words, isNothing, isVisible } = await focusOf(page);
    if (isNothing) return stops;
    assert.equal(isVisible, true, `nobody sees that ${words} has the focus`);
    stops.push(words);
  }
  return stops;
}

/** The page itself, where the focus is after another page was opened. */
export const pageOf = (page: Page): Locator => page.locator('#page');
