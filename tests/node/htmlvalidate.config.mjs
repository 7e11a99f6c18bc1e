// What the built pages are held to: all that is an error in HTML. No rule is off; where the theme itself
// writes what is none, overrides/mended.html takes it out.
export default {
  root: true,
  extends: ["html-validate:standard"],
};
