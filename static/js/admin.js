// A table below a form that scrolls sideways is reached by the keyboard, too.
for (const table of document.querySelectorAll(".inline-group")) table.tabIndex = 0
