// Runs before anything is painted, so that a chosen theme never flashes.
(function () {
  try {
    var theme = localStorage.getItem("larder.theme");
    if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
  } catch (_) {
    // A browser that keeps nothing gets the system's theme.
  }
})();
