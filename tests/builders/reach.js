// What is hard to reach on a page, asked by reach.py: an expression whose value has three questions.
({
  faults: () => {
    const faults = []
    const isShown = each => each.checkVisibility({opacityProperty: true, visibilityProperty: true})
    const named = each => `${each.dataset.testid ?? each.getAttribute('aria-label') ?? ''}`
      + ` "${(each.innerText ?? '').slice(0, 60)}" ${each.tagName}.${each.className.baseVal ?? each.className}`
    // A slider's handle is small; round it there is nothing else (2.5.8 has that exception).
    const widest = frame => [...frame.querySelectorAll('*')].filter(isShown).map(each => [each.getBoundingClientRect().right, each])
      .sort((one, other) => other[0] - one[0]).slice(0, 3).map(([, each]) => named(each)).join('; ')
    const PRESSED = 'button, a[href], summary, input, [role=tab], [role=menuitem]'
    // A label, a field or a tab is pressed as a whole; a link in a sentence is as high as its line.
    const WHOLE = 'label, .ant-select, .ant-picker, .ant-input-affix-wrapper, .ant-input-number,'
      + ' .ant-tabs-tab, .ant-slider, .react-flow__attribution'
    const isInText = each => each.tagName === 'A' && getComputedStyle(each).display === 'inline'
      && each.parentElement.textContent.trim() !== each.textContent.trim()
    for (const each of document.querySelectorAll(PRESSED)) {
      if (!isShown(each) || each.disabled || each.closest('.screen-reader, .skip') || isInText(each)) continue
      const own = each.getBoundingClientRect()
      if (own.width <= 1 || own.height <= 1) continue
      const whole = (each.closest(WHOLE) ?? each).getBoundingClientRect()
      // What a style sheet lays over and round a target is pressed with it.
      const round = getComputedStyle(each, '::before')
      const more = round.content === 'none' || round.position !== 'absolute' ? 0 : parseFloat(round.height)
      const [width, height] = [Math.max(own.width, whole.width), Math.max(own.height, whole.height, more)]
      if (width < 27.5 || height < 27.5) faults.push(`${width} x ${height}: ${named(each)}`)
    }
    const SAYS = 'button, button > span, .ant-tag, [role=tab], nav a, .ant-radio-button-wrapper, .status,'
      + ' label, legend, th, h1, h2, dt, .tile b, .tile .quiet, .strip-text'
    for (const each of document.querySelectorAll(SAYS)) {
      const style = getComputedStyle(each)
      const isCutting = style.overflowX === 'hidden' || style.overflowX === 'clip'
      if (!isShown(each) || !isCutting || each.closest('.screen-reader, .ant-switch') || style.clipPath !== 'none') continue
      if (each.clientWidth > 0 && each.scrollWidth > each.clientWidth + 1) faults.push(`cut: ${named(each)}`)
    }
    for (const each of document.querySelectorAll('html, #main, .ant-drawer-body')) {
      if (each.scrollWidth > each.clientWidth + 1) faults.push(`${each.scrollWidth} > ${each.clientWidth}: ${widest(each)}`)
    }
    return [...new Set(faults)]
  },
  focused: () => {
    const each = document.activeElement
    if (each === null || each === document.body) return null
    const box = each.getBoundingClientRect()
    const whole = each.closest('label, .ant-select, .ant-picker, .ant-input-affix-wrapper,'
      + ' .ant-input-number, .ant-radio-button-wrapper, .ant-slider') ?? each
    const at = (x, y) => document.elementFromPoint(x, y)
    const isOwn = hit => hit !== null && (whole.contains(hit) || each.contains(hit))
    const points = [[box.left + 3, box.top + 3], [box.right - 3, box.bottom - 3],
      [(box.left + box.right) / 2, (box.top + box.bottom) / 2]]
    const rings = [each, whole, whole.parentElement, each.nextElementSibling].filter(Boolean).flatMap(one => {
      const style = getComputedStyle(one)
      const outline = style.outlineStyle === 'none' ? 0 : parseFloat(style.outlineWidth)
      const shadow = style.boxShadow === 'none' ? 0 : 2
      return [outline, shadow]
    })
    return {
      name: `${each.dataset.testid ?? each.getAttribute('aria-label') ?? each.id} ${each.tagName}.${each.className.baseVal ?? each.className}`,
      is_hidden: box.width > 1 && box.height < innerHeight - 100 && !points.some(([x, y]) => isOwn(at(x, y))),
      ring_px: Math.max(...rings),
    }
  },
  texts: () => [...document.querySelectorAll('.wall *')].filter(each =>
      [...each.childNodes].some(node => node.nodeType === 3 && node.textContent.trim() !== ''))
    .map(each => {
      const frame = each.closest('h2, .wall-value, .wall-target, td, th, .wall-line, .wall-name, .wall-notice') ?? each
      return {
        text: each.textContent, px: parseFloat(getComputedStyle(each).fontSize),
        is_cut: frame.scrollWidth > frame.clientWidth + 1 && getComputedStyle(frame).display !== 'inline',
      }
    }),
})
