module relight.dev/relight

go 1.25
