"""Addresses of the desk: a writer's pieces, and everything they can do to one."""

from django.urls import path

from blog.writing import acts, byline, paper, pieces, proof, versions

app_name = "writing"

urlpatterns = [
    path("", pieces.pieces, name="pieces"),
    path("<int:pk>/", paper.piece, name="piece"),
    path("<int:pk>/autosave/", paper.autosave, name="autosave"),
    path("<int:pk>/pictures/", paper.pictures, name="pictures"),
    path("<int:pk>/submit/", paper.submit, name="submit"),
    path("<int:pk>/byline/", byline.byline, name="byline"),
    path("<int:pk>/proof/", proof.proof, name="proof"),
    path("<int:pk>/proof/sign-off/", proof.sign_off, name="sign_off"),
    path("<int:pk>/proof/correction/", proof.ask_for_correction, name="ask_for_correction"),
    path("<int:pk>/take-back/", acts.take_back, name="take_back"),
    path("<int:pk>/withdraw/", acts.withdraw, name="withdraw"),
    path("<int:pk>/say/", acts.say, name="say"),
    path("<int:pk>/versions/", versions.versions, name="versions"),
    path("<int:pk>/versions/<int:revision>/", versions.version, name="version"),
    path("<int:pk>/compare/<int:old>/<int:new>/", versions.compare, name="compare"),
    path("<int:pk>/use/<int:revision>/", versions.use, name="use"),
]
